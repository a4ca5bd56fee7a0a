using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>What an <c>.onnx_adapter</c> file holds: a FlatBuffer of ONNX Runtime's adapter format, version 1.</summary>
/// <param name="Parameters">In the order of the file; no two of one name.</param>
/// <param name="AdapterVersion">Whatever the exporter counts.</param>
/// <param name="ModelVersion">Whatever the exporter counts.</param>
public sealed record AdapterFile(ImmutableArray<AdapterParameter> Parameters, int AdapterVersion = 1, int ModelVersion = 1)
{
    internal const int FormatVersion = 1;
    internal const int MostParameters = 1 << 16;

    private const int MostDimensions = 8;
    private const int MostName = 1024;

    internal static ReadOnlySpan<byte> Identifier => "TORT"u8;

    /// <summary>Reads one. Every offset and size is checked against the bytes that are there.</summary>
    /// <exception cref="InvalidDataException">The bytes are no adapter, are cut short, or hold what the engine does not take.</exception>
    public static AdapterFile Read(ReadOnlyMemory<byte> bytes)
    {
        var cursor = new FlatBufferCursor(bytes);
        if (!cursor.IsNamed(Identifier))
            throw new InvalidDataException("it is no ONNX adapter: export one with the ending .onnx_adapter");
        (int version, AdapterFile file) = Parse(cursor);
        Require(version == FormatVersion, $"its format has version {version}, and this engine reads {FormatVersion}");
        Check(file.Parameters);
        long held = file.Parameters.Sum(parameter => (long)parameter.Data.Length);
        Require(held <= bytes.Length, $"its parameters share bytes: they have {held}, and the file has {bytes.Length}");
        return file;
    }

    /// <summary>The file.</summary>
    /// <exception cref="InvalidDataException">Reading it back would fail, or it would be 2 GB or more.</exception>
    public byte[] ToBytes() => AdapterWriter.Write(this);

    internal static void Check(ImmutableArray<AdapterParameter> parameters)
    {
        Require(!parameters.IsEmpty, "it holds no parameters");
        Require(parameters.Length <= MostParameters, $"it says it holds {parameters.Length} parameters, and the most is {MostParameters}");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (AdapterParameter parameter in parameters)
        {
            Require(parameter.Name.Length is > 0 and <= MostName, $"a parameter's name has {parameter.Name.Length} characters");
            Require(names.Add(parameter.Name), $"the parameter {parameter.Name} is in it twice");
            Require(parameter.Type is "fp32" or "fp16", $"the parameter {parameter} is neither fp32 nor fp16");
            Require(parameter.Shape.Length is > 0 and <= MostDimensions && parameter.Shape.All(size => size > 0), $"the parameter {parameter} has no usable shape");
            Int128 needed = parameter.Shape.Aggregate((Int128)(parameter.Type == "fp32" ? 4 : 2), (sum, size) => sum > int.MaxValue ? sum : sum * size);
            Require(needed == parameter.Data.Length, $"the parameter {parameter} has {parameter.Data.Length} bytes, and its shape needs {needed}");
        }
    }

    private static (int Version, AdapterFile File) Parse(FlatBufferCursor cursor)
    {
        try
        {
            long root = cursor.Follow(0);
            (long start, int count) = cursor.List(root, 3, 4) ?? (0, 0);
            Require(count <= MostParameters, $"it says it holds {count} parameters, and the most is {MostParameters}");
            ImmutableArray<AdapterParameter> parameters = [.. Enumerable.Range(0, count).Select(i => ReadParameter(cursor, cursor.Follow(start + (4L * i))))];
            return (cursor.Number(root, 0), new AdapterFile(parameters, cursor.Number(root, 1), cursor.Number(root, 2)));
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"it is truncated or broken ({e.Message}): copy it again", e);
        }
    }

    private static AdapterParameter ReadParameter(FlatBufferCursor cursor, long table)
    {
        (long shape, int dimensions) = cursor.List(table, 1, 8) ?? (0, 0);
        Require(dimensions <= MostDimensions, $"a parameter has {dimensions} dimensions, and the most is {MostDimensions}");
        (long data, int size) = cursor.List(table, 3, 1) ?? (0, 0);
        return new AdapterParameter(
            cursor.Text(table, 0) ?? "",
            ElementTypes.Name(cursor.Number(table, 2)),
            [.. Enumerable.Range(0, dimensions).Select(i => cursor.Large(shape + (8L * i)))],
            cursor.Bytes(data, size));
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new InvalidDataException(message);
    }
}
