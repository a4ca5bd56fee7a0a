using System.Buffers.Binary;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Follows the offsets of a FlatBuffer; one that leads outside it is an error, never a read.</summary>
internal sealed class FlatBufferCursor(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the buffer names itself so.</summary>
    public bool IsNamed(ReadOnlySpan<byte> identifier) => bytes.Length >= 8 && bytes.Span[4..8].SequenceEqual(identifier);

    /// <summary>The table that an offset leads to.</summary>
    public long Follow(long at) => at + BinaryPrimitives.ReadUInt32LittleEndian(Part(at, 4));

    /// <summary>A table's whole number; 0 where it is left out.</summary>
    public int Number(long table, int field) => Field(table, field) is { } at ? BinaryPrimitives.ReadInt32LittleEndian(Part(at, 4)) : 0;

    /// <summary>Where a table's list begins and how many entries it has; null where it is left out.</summary>
    public (long Start, int Count)? List(long table, int field, int entryBytes)
    {
        if (Field(table, field) is not { } at)
            return null;
        long list = Follow(at);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(Part(list, 4));
        Part(list + 4, (long)count * entryBytes);
        return (list + 4, (int)count);
    }

    /// <summary>A table's text; null where it is left out.</summary>
    public string? Text(long table, int field)
    {
        if (List(table, field, 1) is not { } list)
            return null;
        try
        {
            return Strict.GetString(Part(list.Start, list.Count));
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException(FormattableString.Invariant($"the text at byte {list.Start} is not UTF-8"), e);
        }
    }

    /// <summary>A large whole number.</summary>
    public long Large(long at) => BinaryPrimitives.ReadInt64LittleEndian(Part(at, 8));

    /// <summary>Some of the bytes.</summary>
    public ReadOnlyMemory<byte> Bytes(long start, int count)
    {
        Part(start, count);
        return bytes.Slice((int)start, count);
    }

    private long? Field(long table, int field)
    {
        long layout = table - BinaryPrimitives.ReadInt32LittleEndian(Part(table, 4));
        int size = BinaryPrimitives.ReadUInt16LittleEndian(Part(layout, 2));
        int entry = 4 + (2 * field);
        if (entry + 2 > size)
            return null;
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(Part(layout + entry, 2));
        return offset == 0 ? null : table + offset;
    }

    private ReadOnlySpan<byte> Part(long start, long count) => start >= 0 && count <= bytes.Length - start
        ? bytes.Span.Slice((int)start, (int)count)
        : throw new InvalidDataException(FormattableString.Invariant($"it points at bytes {start} to {start + count}, and has {bytes.Length}"));
}
