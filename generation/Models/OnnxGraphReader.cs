using System.Collections.Immutable;
using System.Globalization;

namespace RailCluster.Generation;

/// <summary>Reads from an ONNX file its inputs, outputs, operators and external weight files. Field numbers are those of onnx.proto.</summary>
internal sealed class OnnxGraphReader
{
    // The input of GroupQueryAttention that is added to its scores.
    private const int Bias = 10;

    private readonly ProtobufCursor _cursor;
    private readonly List<GraphValue> _inputs = [];
    private readonly List<GraphValue> _outputs = [];
    private readonly HashSet<string> _initializers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _external = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _operators = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _groupQueryPasts = new(StringComparer.Ordinal);
    private bool _groupQueryRotates = true;

    private OnnxGraphReader(Stream stream) => _cursor = new ProtobufCursor(stream);

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is truncated or no ONNX model.</exception>
    public static GraphSummary Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16);
        var reader = new OnnxGraphReader(stream);
        bool hasGraph = false;
        reader._cursor.ReadMessage(stream.Length, field =>
        {
            if (field is { Number: 25, IsBody: true })
                reader.ReadFunction(field.End);
            if (field is not { Number: 7, IsBody: true })
                return;
            hasGraph = true;
            reader.ReadGraph(field.End, outermost: true);
        });
        if (!hasGraph)
            throw new InvalidDataException("it holds no graph");
        return new GraphSummary(
            [.. reader._inputs.Where(input => !reader._initializers.Contains(input.Name))],
            [.. reader._inputs.Where(input => reader._initializers.Contains(input.Name))],
            [.. reader._outputs],
            reader._external.ToImmutableSortedDictionary(StringComparer.Ordinal),
            reader._operators.ToImmutableSortedSet(StringComparer.Ordinal),
            reader._groupQueryPasts.ToImmutableSortedSet(StringComparer.Ordinal),
            reader._groupQueryRotates);
    }

    private void ReadGraph(long end, bool outermost) => _cursor.ReadMessage(end, field =>
    {
        switch (field.Number)
        {
            case 1 when field.IsBody:
                ReadNode(field.End);
                break;
            case 5 when field.IsBody:
                ReadTensor(field.End);
                break;
            case 11 when field.IsBody && outermost:
                _inputs.Add(ReadValue(field.End));
                break;
            case 12 when field.IsBody && outermost:
                _outputs.Add(ReadValue(field.End));
                break;
        }
    });

    // An operator of the model's own, put together from others.
    private void ReadFunction(long end) => _cursor.ReadMessage(end, field =>
    {
        if (field is { Number: 7, IsBody: true })
            ReadNode(field.End);
    });

    private void ReadNode(long end)
    {
        string type = "", domain = "";
        var inputs = new List<string>();
        bool rotates = false;
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 4, IsBody: true })
                type = _cursor.ReadString(field.End);
            else if (field is { Number: 7, IsBody: true })
                domain = _cursor.ReadString(field.End);
            else if (field is { Number: 5, IsBody: true })
                rotates |= ReadAttribute(field.End) == ("do_rotary", 1);
            else if (field is { Number: 1, IsBody: true })
                inputs.Add(_cursor.ReadString(field.End));
        });
        if (type == "GroupQueryAttention")
        {
            // Query, key and value come first. A bias counts columns, not the tokens of each row.
            if (inputs.Count <= Bias || inputs[Bias].Length == 0)
                _groupQueryPasts.UnionWith(inputs.Skip(3).Take(2));
            _groupQueryRotates &= rotates;
        }

        _operators.Add(domain is "" or "ai.onnx" ? type : $"{domain}::{type}");
    }

    private (string Name, long Number) ReadAttribute(long end)
    {
        (string Name, long Number) read = ("", 0);
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 1, IsBody: true })
                read.Name = _cursor.ReadString(field.End);
            else if (field is { Number: 3, IsBody: false })
                read.Number = field.Value;
            else if (field is { Number: 5 or 10, IsBody: true })
                ReadTensor(field.End);
            else if (field is { Number: 6 or 11, IsBody: true })
                ReadGraph(field.End, outermost: false);
        });
        return read;
    }

    private void ReadTensor(long end)
    {
        var external = new Dictionary<string, string>(StringComparer.Ordinal);
        bool outside = false;
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 8, IsBody: true })
                _initializers.Add(_cursor.ReadString(field.End));
            else if (field is { Number: 14, IsBody: false })
                outside = field.Value == 1;
            else if (field is { Number: 13, IsBody: true })
                ReadEntry(field.End, external);
        });
        if (!outside || !external.TryGetValue("location", out string? location))
            return;
        long needed = Number(external, "offset") + Number(external, "length");
        _external[location] = Math.Max(needed, _external.GetValueOrDefault(location));
    }

    private static long Number(Dictionary<string, string> entries, string key) =>
        entries.TryGetValue(key, out string? text) && long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? number : 0;

    private void ReadEntry(long end, Dictionary<string, string> entries)
    {
        string key = "", value = "";
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 1, IsBody: true })
                key = _cursor.ReadString(field.End);
            else if (field is { Number: 2, IsBody: true })
                value = _cursor.ReadString(field.End);
        });
        entries[key] = value;
    }

    private GraphValue ReadValue(long end)
    {
        string name = "", type = "";
        var shape = ImmutableArray.CreateBuilder<string>();
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 1, IsBody: true })
                name = _cursor.ReadString(field.End);
            else if (field is { Number: 2, IsBody: true })
                type = ReadType(field.End, shape);
        });
        return new GraphValue(name, type, shape.ToImmutable());
    }

    private string ReadType(long end, ImmutableArray<string>.Builder shape)
    {
        string type = "";
        _cursor.ReadMessage(end, field =>
        {
            if (field is { Number: 1, IsBody: true })
                _cursor.ReadMessage(field.End, tensor =>
                {
                    if (tensor is { Number: 1, IsBody: false })
                        type = ElementTypes.Name(tensor.Value);
                    else if (tensor is { Number: 2, IsBody: true })
                        ReadShape(tensor.End, shape);
                });
        });
        return type;
    }

    private void ReadShape(long end, ImmutableArray<string>.Builder shape) => _cursor.ReadMessage(end, dimension =>
    {
        if (dimension is not { Number: 1, IsBody: true })
            return;
        string size = "?";
        _cursor.ReadMessage(dimension.End, field =>
        {
            if (field is { Number: 1, IsBody: false })
                size = field.Value.ToString(CultureInfo.InvariantCulture);
            else if (field is { Number: 2, IsBody: true })
                size = _cursor.ReadString(field.End);
        });
        shape.Add(size);
    });
}
