using System.Buffers.Binary;
using Parquet.Meta;

namespace RailCluster.Evaluation;

/// <summary>
/// Looks through a Parquet file's headers before anything is unpacked: what they claim must fit the file and the limits. The reader itself believes
/// them, so that a few broken or hostile bytes would cost it any time and memory.
/// </summary>
internal static class ParquetGuard
{
    private const int LargestFooter = 16 << 20;
    private const int LargestPage = 64 << 20;
    private const long MostValues = 8_000_000;

    // Fields of a page's header, in parquet.thrift.
    private const int PageKind = 1, Unpacked = 2, Packed = 3, Values = 501, ValuesOfSecondKind = 801, WordsOfDictionary = 701;
    private const int DataPage = 0, DictionaryPage = 2, DataPageOfSecondKind = 3;

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    public static bool IsParquet(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Checks the footer, which says where everything is.</summary>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static void CheckFooter(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.EndsWith(Magic)) throw new InvalidDataException("the end of the file is missing");
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[^8..]);
        if (length is <= 0 or > LargestFooter || length > file.Length - 12) throw new InvalidDataException($"a footer of {length} bytes does not fit");
        var cursor = new ThriftCursor(file.Slice(file.Length - 8 - length, length), 0);
        cursor.ReadStruct(null);
        if (cursor.At != length) throw new InvalidDataException("bytes follow the footer");
    }

    /// <summary>Checks the pages of a column chunk.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="chunk">What the footer says of it.</param>
    /// <param name="rows">The row group's rows; null for a list, which may have more values.</param>
    /// <returns>Bytes that the pages unpack to.</returns>
    /// <exception cref="InvalidDataException">What the pages claim is not so.</exception>
    public static long CheckChunk(ReadOnlySpan<byte> file, ColumnMetaData chunk, long? rows)
    {
        if (chunk.NumValues is < 0 or > MostValues || (rows is not null && chunk.NumValues != rows))
            throw new InvalidDataException($"a column claims {chunk.NumValues} values");
        var at = chunk.DictionaryPageOffset is > 0 and var dictionary ? Math.Min(dictionary, chunk.DataPageOffset) : chunk.DataPageOffset;
        var (values, unpacked) = (0L, 0L);
        var header = new Dictionary<int, long>();
        while (values < chunk.NumValues)
        {
            if (at < Magic.Length || at >= file.Length) throw new InvalidDataException("a page lies outside the file");
            header.Clear();
            var cursor = new ThriftCursor(file, (int)at);
            cursor.ReadStruct(header);
            values += CheckPage(header, file.Length - cursor.At);
            unpacked += header[Unpacked];
            at = cursor.At + header[Packed];
        }

        return values == chunk.NumValues ? unpacked : throw new InvalidDataException($"the pages of a column have {values} values, not {chunk.NumValues}");
    }

    private static long CheckPage(Dictionary<int, long> header, int left)
    {
        if (!header.TryGetValue(PageKind, out var kind) || !header.TryGetValue(Unpacked, out var unpacked) || !header.TryGetValue(Packed, out var packed))
            throw new InvalidDataException("a page has no header");
        if (packed < 0 || packed > left) throw new InvalidDataException($"a page of {packed} bytes lies outside the file");
        if (unpacked is < 0 or > LargestPage) throw new InvalidDataException($"a page claims {unpacked} bytes; at most {LargestPage} are unpacked");
        var counted = kind switch
        {
            DataPage => Values,
            DataPageOfSecondKind => ValuesOfSecondKind,
            DictionaryPage => WordsOfDictionary,
            _ => 0,
        };
        if (counted == 0) return 0;
        if (!header.TryGetValue(counted, out var values) || values is < 0 or > MostValues) throw new InvalidDataException("a page claims values that it cannot have");
        return kind == DictionaryPage ? 0 : values;
    }
}
