namespace RailCluster.Evaluation;

/// <summary>
/// Steps over values of Thrift's compact protocol, in which Parquet's headers are written, without building any. Each step uses up bytes, so that
/// what a hostile header claims to hold costs no more than what it holds.
/// </summary>
/// <param name="bytes">The bytes.</param>
/// <param name="at">Where to begin.</param>
internal ref struct ThriftCursor(ReadOnlySpan<byte> bytes, int at)
{
    private const int Deepest = 24;
    private const int Stop = 0, True = 1, False = 2, Byte = 3, Short = 4, Int = 5, Long = 6, Double = 7, Binary = 8, List = 9, Set = 10, Map = 11, Struct = 12;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int At { get; private set; } = at;

    /// <summary>Steps over a struct; of its own fields, and of those of one struct in it, the whole numbers are kept.</summary>
    /// <param name="numbers">Gets them: a field's number, or the inner field's plus 100 times the outer's.</param>
    /// <exception cref="InvalidDataException">The bytes are not Thrift.</exception>
    public void ReadStruct(Dictionary<int, long>? numbers) => ReadStruct(numbers, 0, 0);

    private void ReadStruct(Dictionary<int, long>? numbers, int outer, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException("headers are nested too deep");
        var field = 0;
        while (Next() is var head && head != Stop)
        {
            var type = head & 0x0F;
            field = head >> 4 is 0 ? (int)Zigzag(Varint()) : field + (head >> 4);
            if (type is Short or Int or Long)
            {
                var value = Zigzag(Varint());
                if (numbers is not null) numbers[(outer * 100) + field] = value;
            }
            else if (type == Struct) ReadStruct(outer == 0 ? numbers : null, field, depth + 1);
            else if (type is not (True or False)) Skip(type, depth + 1);
        }
    }

    private void Skip(int type, int depth)
    {
        if (depth > Deepest) throw new InvalidDataException("headers are nested too deep");
        switch (type)
        {
            // In a list a truth value has a byte of its own.
            case True or False or Byte:
                Next();
                break;
            case Short or Int or Long:
                Varint();
                break;
            case Double:
                Move(8);
                break;
            case Binary:
                Move(Count());
                break;
            case List or Set:
                SkipList(depth);
                break;
            case Map:
                SkipMap(depth);
                break;
            case Struct:
                ReadStruct(null, 1, depth);
                break;
            default:
                throw new InvalidDataException($"a header has a value of the unknown type {type}");
        }
    }

    private void SkipList(int depth)
    {
        var head = Next();
        var count = head >> 4 is 15 ? Count() : head >> 4;
        for (var item = 0; item < count; item++) Skip(head & 0x0F, depth + 1);
    }

    private void SkipMap(int depth)
    {
        var count = Count();
        if (count == 0) return;
        var types = Next();
        for (var item = 0; item < count; item++)
        {
            Skip(types >> 4, depth + 1);
            Skip(types & 0x0F, depth + 1);
        }
    }

    private int Next() => At < _bytes.Length ? _bytes[At++] : throw new InvalidDataException("a header ends too early");

    private void Move(int count)
    {
        if (count > _bytes.Length - At) throw new InvalidDataException("a header ends too early");
        At += count;
    }

    // Every item has a byte at least.
    private int Count() => Varint() is var count && count <= (ulong)(_bytes.Length - At)
        ? (int)count
        : throw new InvalidDataException("a header claims more than it holds");

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Next();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }

        throw new InvalidDataException("a header holds a number that does not end");
    }

    private static long Zigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
