using System.Globalization;
using Parquet;
using Parquet.Data;
using Parquet.Schema;

namespace RailCluster.Evaluation;

/// <summary>A column of a Parquet file.</summary>
/// <param name="Name">Its name; of a field in structs, <c>outer.inner</c>.</param>
/// <param name="Data">What is stored; null where no text can be made of it.</param>
/// <param name="Other">What it holds where that is so.</param>
internal sealed record ParquetColumn(string Name, DataField? Data, Unreadable? Other)
{
    public bool IsList => Data is { MaxRepetitionLevel: > 0 };

    /// <summary>The column's values in a row group: texts, or lists of texts.</summary>
    /// <param name="group">The row group.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="spend">Told the length of every text, which ends the reading where there are too many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<object?[]> ReadAsync(ParquetRowGroupReader group, int rows, Action<int> spend, CancellationToken cancellationToken)
    {
        var read = new object?[rows];
        if (Data is null)
        {
            Array.Fill(read, Other);
            return read;
        }

        using var raw = await group.ReadRawColumnDataBaseAsync(Data, cancellationToken);
        var texts = Texts(raw);
        if (IsList) Lists(raw, Data.MaxDefinitionLevel, texts, spend, read);
        else Singles(raw, Data.MaxDefinitionLevel, texts, spend, read);
        return read;
    }

    private static void Singles(RawColumnData raw, int full, Func<int, string> texts, Action<int> spend, object?[] read)
    {
        var levels = full == 0 ? default : raw.DefinitionLevels;
        var next = 0;
        for (var row = 0; row < read.Length; row++)
        {
            var text = full == 0 || levels[row] == full ? texts(next++) : "";
            spend(text.Length);
            read[row] = text;
        }
    }

    private static void Lists(RawColumnData raw, int full, Func<int, string> texts, Action<int> spend, object?[] read)
    {
        var starts = raw.RepetitionLevels;
        var levels = raw.DefinitionLevels;
        var items = new List<string>();
        var (row, next) = (-1, 0);
        for (var index = 0; index < levels.Length; index++)
        {
            if (starts[index] == 0)
            {
                if (row >= 0) read[row] = items.ToArray();
                items.Clear();
                row++;
            }

            if (levels[index] != full) continue;
            items.Add(texts(next++));
            spend(items[^1].Length);
        }

        if (row != read.Length - 1) throw new InvalidDataException($"a list column has {row + 1} rows, not {read.Length}");
        if (row >= 0) read[row] = items.ToArray();
    }

    private static Func<int, string> Texts(RawColumnData raw) => raw switch
    {
        RawColumnData<ReadOnlyMemory<char>> texts => index => texts.Values[index].ToString(),
        RawColumnData<bool> flags => index => flags.Values[index] ? "true" : "false",
        RawColumnData<sbyte> numbers => Of(numbers),
        RawColumnData<byte> numbers => Of(numbers),
        RawColumnData<short> numbers => Of(numbers),
        RawColumnData<ushort> numbers => Of(numbers),
        RawColumnData<int> numbers => Of(numbers),
        RawColumnData<uint> numbers => Of(numbers),
        RawColumnData<long> numbers => Of(numbers),
        RawColumnData<ulong> numbers => Of(numbers),
        RawColumnData<float> numbers => Of(numbers),
        RawColumnData<double> numbers => Of(numbers),
        RawColumnData<decimal> numbers => Of(numbers),
        _ => throw new InvalidDataException("a column is of a type that no text can be made of"),
    };

    private static Func<int, string> Of<T>(RawColumnData<T> numbers)
        where T : struct, IFormattable => index => numbers.Values[index].ToString(null, CultureInfo.InvariantCulture);
}
