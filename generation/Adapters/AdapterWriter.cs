using System.Buffers.Binary;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Lays out an adapter as a FlatBuffer from front to back: the two table layouts, the adapter, its list, then each parameter followed by its
/// name, shape and numbers. Every table and list stands behind what points at it.
/// </summary>
internal sealed class AdapterWriter
{
    private const int AdapterLayout = 8;
    private const int ParameterLayout = AdapterLayout + LayoutBytes;
    private const int Adapter = ParameterLayout + LayoutBytes;
    private const int LayoutBytes = 12;

    // Four fields of four bytes behind the way to the layout; both tables have them.
    private const int TableBytes = 20;

    private readonly byte[] _bytes;
    private int _end = Adapter + TableBytes;

    private AdapterWriter(int size) => _bytes = new byte[size];

    /// <summary>The bytes of the file.</summary>
    /// <exception cref="InvalidDataException">Reading it back would fail, or it would be 2 GB or more.</exception>
    public static byte[] Write(AdapterFile file)
    {
        AdapterFile.Check(file.Parameters);
        // At most so much is lost to alignment in each of a parameter's four parts.
        const int lost = 8;
        long most = Adapter + TableBytes + lost + file.Parameters.Sum(parameter =>
            4L + TableBytes + Encoding.UTF8.GetByteCount(parameter.Name) + 1 + (8 * parameter.Shape.Length) + parameter.Data.Length + (4 * (4 + lost)));
        if (most > Array.MaxLength)
            throw new InvalidDataException($"the adapter would have {most} bytes: the format ends at 2 GB");
        var writer = new AdapterWriter((int)most);
        writer.Put(file);
        return writer._bytes[..writer._end];
    }

    private void Put(AdapterFile file)
    {
        Number(0, Adapter);
        AdapterFile.Identifier.CopyTo(_bytes.AsSpan(4));
        foreach (int layout in new[] { AdapterLayout, ParameterLayout })
        {
            ReadOnlySpan<short> entries = [LayoutBytes, TableBytes, 4, 8, 12, 16];
            for (int i = 0; i < entries.Length; i++)
                BinaryPrimitives.WriteInt16LittleEndian(_bytes.AsSpan(layout + (2 * i)), entries[i]);
        }

        Number(Adapter, Adapter - AdapterLayout);
        Number(Adapter + 4, AdapterFile.FormatVersion);
        Number(Adapter + 8, file.AdapterVersion);
        Number(Adapter + 12, file.ModelVersion);
        int list = List(Adapter + 16, file.Parameters.Length, 4, 4);
        for (int i = 0; i < file.Parameters.Length; i++)
            Put(file.Parameters[i], list + (4 * i));
    }

    private void Put(AdapterParameter parameter, int from)
    {
        int table = Reserve(TableBytes, 4);
        Point(from, table);
        Number(table, table - ParameterLayout);
        byte[] name = Encoding.UTF8.GetBytes(parameter.Name);
        name.CopyTo(_bytes, List(table + 4, name.Length, 1, 4));
        // Texts end with a zero that their length does not count.
        _end++;
        int shape = List(table + 8, parameter.Shape.Length, 8, 8);
        for (int i = 0; i < parameter.Shape.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(shape + (8 * i)), parameter.Shape[i]);
        Number(table + 12, parameter.Type == "fp32" ? 1 : 10);
        parameter.Data.Span.CopyTo(_bytes.AsSpan(List(table + 16, parameter.Data.Length, 1, 8)));
    }

    // The entries are aligned, and their count stands right in front of them.
    private int List(int from, int count, int entryBytes, int alignment)
    {
        int entries = Reserve(4 + (count * entryBytes), alignment, 4) + 4;
        Point(from, entries - 4);
        Number(entries - 4, count);
        return entries;
    }

    private int Reserve(int size, int alignment, int before = 0)
    {
        int start = ((_end + before + alignment - 1) / alignment * alignment) - before;
        _end = start + size;
        return start;
    }

    private void Point(int from, int to) => Number(from, to - from);

    private void Number(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(at), value);
}
