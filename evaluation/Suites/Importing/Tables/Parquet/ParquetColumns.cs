using Parquet.Schema;

namespace RailCluster.Evaluation;

/// <summary>Lists the columns of a Parquet file.</summary>
internal static class ParquetColumns
{
    private static readonly HashSet<Type> Readable =
    [
        typeof(ReadOnlyMemory<char>), typeof(bool), typeof(sbyte), typeof(byte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long),
        typeof(ulong), typeof(float), typeof(double), typeof(decimal),
    ];

    public static IReadOnlyList<ParquetColumn> Of(ParquetSchema schema) => [.. schema.Fields.SelectMany(field => Of(field, field.Name))];

    private static IEnumerable<ParquetColumn> Of(Field field, string name) => field switch
    {
        DataField data => [Of(data, name)],
        StructField inner => inner.Fields.SelectMany(one => Of(one, $"{name}.{one.Name}")),
        ListField { Item: DataField { MaxRepetitionLevel: 1 } item } => [Of(item, name)],
        _ => [new ParquetColumn(name, null, Unreadable.Records)],
    };

    private static ParquetColumn Of(DataField data, string name) => Readable.Contains(data.ClrType) && data.MaxRepetitionLevel <= 1
        ? new ParquetColumn(name, data, null)
        : new ParquetColumn(name, null, data.MaxRepetitionLevel > 1 ? Unreadable.Records : new Unreadable(data.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : "times"));
}
