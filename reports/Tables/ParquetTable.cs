using System.Collections.Immutable;
using Parquet;
using Parquet.Schema;

namespace RailCluster.Reports;

/// <summary>Writes rows as Parquet, typed: what has no value is null.</summary>
internal static class ParquetTable
{
    private const int RowsInAGroup = 50_000;

    public static async Task WriteAsync<T>(Stream stream, ImmutableArray<Column<T>> columns, IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        var fields = columns.Select(Field).ToArray();
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellationToken);
        foreach (var group in rows.Chunk(RowsInAGroup))
        {
            using var target = writer.CreateRowGroup();
            for (var index = 0; index < fields.Length; index++) await WriteAsync(target, fields[index], columns[index], group, cancellationToken);
            target.CompleteValidate();
        }
    }

    private static DataField Field<T>(Column<T> column) => column switch
    {
        Column<T>.Text => new DataField<string>(column.Name),
        Column<T>.Number => new DataField<double?>(column.Name),
        Column<T>.Count => new DataField<int?>(column.Name),
        _ => new DataField<bool>(column.Name),
    };

    private static async Task WriteAsync<T>(ParquetRowGroupWriter target, DataField field, Column<T> column, T[] rows, CancellationToken cancellationToken)
    {
        switch (column)
        {
            case Column<T>.Text text:
                await target.WriteAsync(field, Array.ConvertAll(rows, row => text.Read(row))!);
                break;
            case Column<T>.Number number:
                await target.WriteAsync<double>(field, Array.ConvertAll(rows, row => number.Read(row)), cancellationToken: cancellationToken);
                break;
            case Column<T>.Count count:
                await target.WriteAsync<int>(field, Array.ConvertAll(rows, row => count.Read(row)), cancellationToken: cancellationToken);
                break;
            case Column<T>.Flag flag:
                await target.WriteAsync<bool>(field, Array.ConvertAll(rows, row => flag.Read(row)), cancellationToken: cancellationToken);
                break;
        }
    }
}
