using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Reads protobuf fields from a stream without holding them in memory, and notices a file that ends too early:
/// every length is checked against the message that holds it.
/// </summary>
internal sealed class ProtobufCursor(Stream stream)
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    /// <summary>Calls back for every field of the message [position, end); what the callback leaves unread is skipped.</summary>
    /// <exception cref="InvalidDataException">The bytes are no protobuf message, or end too early.</exception>
    public void ReadMessage(long end, Action<ProtobufField> onField)
    {
        while (stream.Position < end)
        {
            ulong key = ReadVarint(end);
            int number = (int)(key >> 3);
            switch ((int)(key & 7))
            {
                case Varint:
                    onField(new ProtobufField(number, (long)ReadVarint(end), 0));
                    break;
                case Fixed64:
                    Skip(8, end);
                    break;
                case Fixed32:
                    Skip(4, end);
                    break;
                case Delimited:
                    long length = (long)ReadVarint(end);
                    if (length < 0 || length > end - stream.Position)
                        throw new InvalidDataException(FormattableString.Invariant(
                            $"field {number} at byte {stream.Position} says {length} bytes, and {end - stream.Position} are left"));
                    long fieldEnd = stream.Position + length;
                    onField(new ProtobufField(number, length, fieldEnd));
                    stream.Position = fieldEnd;
                    break;
                default:
                    throw new InvalidDataException(FormattableString.Invariant($"byte {stream.Position} is no field of a protobuf message"));
            }
        }
    }

    /// <summary>The bytes up to <paramref name="end"/> as UTF-8.</summary>
    public string ReadString(long end)
    {
        // Names only; a longer field here is no name, and is not worth the memory.
        const int longest = 1 << 16;
        int length = (int)Math.Min(end - stream.Position, longest);
        byte[] bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = stream.Position < end ? stream.ReadByte() : -1;
            if (next < 0)
                throw new InvalidDataException(FormattableString.Invariant($"the file ends inside a number at byte {stream.Position}"));
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException(FormattableString.Invariant($"the number before byte {stream.Position} is too long"));
    }

    private void Skip(int bytes, long end)
    {
        if (bytes > end - stream.Position)
            throw new InvalidDataException(FormattableString.Invariant($"the file ends inside a field at byte {stream.Position}"));
        stream.Position += bytes;
    }
}

/// <summary>One field: a number, or a length-delimited body.</summary>
/// <param name="Number">Its number in the message.</param>
/// <param name="Value">The number, or the body's length.</param>
/// <param name="End">Where the body ends in the stream; 0 for a number.</param>
internal readonly record struct ProtobufField(int Number, long Value, long End)
{
    public bool IsBody => End > 0;
}
