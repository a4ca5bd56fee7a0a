using Parquet;

namespace RailCluster.Evaluation;

/// <summary>Reads rows of Parquet: texts, numbers, truth values and lists of them; fields of structs as <c>outer.inner</c>.</summary>
internal static class ParquetRows
{
    // The headers are checked beforehand; this is for what they cannot show.
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Reads.</summary>
    /// <exception cref="RailInputException">The file is broken, or beyond a limit.</exception>
    public static async Task ReadAsync(byte[] file, SourceTable table, CancellationToken cancellationToken)
    {
        try
        {
            ParquetGuard.CheckFooter(file);
            await Task.Run(() => RowsAsync(file, table, cancellationToken), cancellationToken).WaitAsync(Deadline, cancellationToken);
        }
        catch (Exception exception) when (exception is not (RailInputException or OperationCanceledException))
        {
            throw new RailInputException($"{table.Source}: is no Parquet file that can be read ({SafeText.Line(exception.Message, 200)}); is it whole?", exception);
        }
    }

    private static async Task RowsAsync(byte[] file, SourceTable table, CancellationToken cancellationToken)
    {
        await using var reader = await ParquetReader.CreateAsync(new MemoryStream(file, writable: false), cancellationToken: cancellationToken);
        var columns = ParquetColumns.Of(reader.Schema);
        if (columns.Count > TableLimits.MostColumns)
            throw new RailInputException($"{table.Source}: has {columns.Count} columns; at most {TableLimits.MostColumns} are read");
        var (unpacked, characters) = (0L, 0L);
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            if (group.RowCount < 0 || table.Rows.Count + group.RowCount > TableLimits.MostRows)
                throw new RailInputException($"{table.Source}: has more than {TableLimits.MostRows} rows; split it, or keep a part of it");
            unpacked += columns.Sum(column => Check(file, group, column, table.Source));
            if (unpacked > TableLimits.LargestFile)
                throw new RailInputException($"{table.Source}: unpacks to more than {TableLimits.LargestFile >> 20} MiB; keep the columns and rows that are needed");
            characters = await GroupAsync(group, columns, table, characters, cancellationToken);
        }
    }

    private static long Check(byte[] file, ParquetRowGroupReader group, ParquetColumn column, string source)
    {
        if (column.Data is not { } data) return 0;
        try
        {
            var chunk = group.GetMetadata(data)?.MetaData ?? throw new InvalidDataException("it has no data");
            return ParquetGuard.CheckChunk(file, chunk, column.IsList ? null : group.RowCount);
        }
        catch (InvalidDataException exception)
        {
            throw Broken(source, column, exception);
        }
    }

    private static async Task<object?[]> ColumnAsync(
        ParquetRowGroupReader group, ParquetColumn column, string source, Action<int> spend, CancellationToken cancellationToken)
    {
        try
        {
            return await column.ReadAsync(group, (int)group.RowCount, spend, cancellationToken);
        }
        catch (Exception exception) when (exception is not (RailInputException or OperationCanceledException))
        {
            throw Broken(source, column, exception);
        }
    }

    private static RailInputException Broken(string source, ParquetColumn column, Exception exception) =>
        new($"{source}: the column '{SourceColumns.Name(column.Name)}' is broken ({SafeText.Line(exception.Message, 200)}); is the file whole?", exception);

    private static async Task<long> GroupAsync(
        ParquetRowGroupReader group, IReadOnlyList<ParquetColumn> columns, SourceTable table, long characters, CancellationToken cancellationToken)
    {
        var count = (int)group.RowCount;
        var read = new object?[columns.Count][];
        for (var index = 0; index < columns.Count; index++)
        {
            read[index] = await ColumnAsync(group, columns[index], table.Source, Spend, cancellationToken);
        }

        for (var row = 0; row < count; row++)
        {
            var at = row;
            table.Add($"{table.Source}, row {table.Rows.Count + 1}", columns.Select((column, index) => (column.Name, read[index][at])));
        }

        return characters;

        void Spend(int length)
        {
            characters += length;
            if (characters > TableLimits.LongestTable)
                throw new RailInputException($"{table.Source}: holds more than {TableLimits.LongestTable >> 20} million characters; keep the columns and rows that are needed");
        }
    }
}
