namespace RailCluster.Generation.Tests;

/// <summary>The graph and the forms that exports come in.</summary>
internal sealed partial class TinyDecoder
{
    private OnnxGraphBuilder _g = new();

    /// <summary>Of cache and logits.</summary>
    public int CacheType { get; init; } = OnnxGraphBuilder.Float;

    /// <summary>Of the logits, where it is another.</summary>
    public int? LogitsType { get; init; }

    /// <summary>Of tokens, mask and positions.</summary>
    public int TokenType { get; init; } = OnnxGraphBuilder.Int64;

    /// <summary>GroupQueryAttention, which writes into the past, in place of plain operators.</summary>
    public bool Fused { get; init; }

    public bool WithPositions { get; init; } = true;

    public bool WithLogitsToKeep { get; init; }

    /// <summary>Whether there are logits of the last column alone, whatever is asked.</summary>
    public bool LastLogitOnly { get; init; }

    /// <summary>Columns of the mask that the graph has a table for, as GPT-2's own mask; null for any number.</summary>
    public int? MostColumns { get; init; }

    /// <summary>What the graph calls the number of rows, or the number.</summary>
    public object Batch { get; init; } = "batch";

    /// <summary>A past counts only where use_cache_branch is true.</summary>
    public bool WithCacheBranch { get; init; }

    public string? ExtraInput { get; init; }

    public string? ExternalFile { get; init; }

    /// <summary>What the graph calls its parts; one cache name a layer for keys and values in one tensor.</summary>
    public GraphNames Names { get; init; } = new();

    /// <summary>What the graph calls the size of its logits, where it is not to be a number.</summary>
    public string? DeclaredVocabulary { get; init; }

    /// <summary>Whether the graph takes a mask and does not look at it, as is right for one row alone.</summary>
    public bool MaskBlind { get; init; }

    /// <summary>Whether numbers are rounded by a scale that all rows of a run share; the C# reference knows nothing of it.</summary>
    public bool Quantized { get; init; }

    public byte[]? External { get; private set; }

    private bool Combined => Names.Past.Length == 1;

    /// <summary>A file.</summary>
    public byte[] ToOnnx()
    {
        Draw();
        External = _g.External;
        return _g.Build();
    }

    /// <summary>The graph alone, for a node that has it inside.</summary>
    public byte[] ToGraph()
    {
        Draw();
        return _g.BuildGraph();
    }

    private void Draw()
    {
        _g = new OnnxGraphBuilder { ExternalFile = ExternalFile };
        Declare();
        foreach ((string name, float[] values) in _weights)
        {
            int columns = name == "head" ? Vocabulary : Width;
            _g.Weights(name, values, values.Length / columns, columns);
        }

        DeclareAdapterInputs();
        string mask = Cast(Names.AttentionMask, OnnxGraphBuilder.Int64);
        string total = _g.Node("Gather", [_g.Node("Shape", [mask]), _g.Scalar(1)], attributes: ("axis", [0]));
        string fresh = _g.Node("Gather", [_g.Node("Shape", [Names.InputIds]), _g.Scalar(1)], attributes: ("axis", [0]));
        string rows = _g.Node("Range", [_g.Node("Sub", [total, fresh]), total, _g.Scalar(1)]);
        string see = Fused ? mask : Allowed(mask, total, rows);
        string x = _g.Node("Add", [
            _g.Node("Gather", ["embed", Names.InputIds], attributes: ("axis", [0])),
            _g.Node("Gather", ["places", WithPositions ? Names.PositionIds : rows], attributes: ("axis", [0]))]);
        for (int layer = 0; layer < Layers; layer++)
            x = Layer(layer, Quantized ? Coarse(x) : x, see);
        if (LastLogitOnly)
            x = _g.Node("Slice", [x, _g.Integers(-1), _g.Integers(long.MaxValue), _g.Integers(1)]);
        if (WithLogitsToKeep)
            x = _g.Node("Slice", [x, _g.Node("Neg", ["num_logits_to_keep"]), _g.Integers(long.MaxValue), _g.Integers(1)]);
        _g.Node("Cast", [_g.Node("MatMul", [x, "head"])], Names.Logits, attributes: ("to", [LogitsType ?? CacheType]));
    }

    // GreedySearch takes them in this order only.
    private void Declare()
    {
        _g.Input(Names.InputIds, TokenType, Batch, "sequence");
        if (WithPositions)
            _g.Input(Names.PositionIds, TokenType, Batch, "sequence");
        _g.Input(Names.AttentionMask, TokenType, Batch, "total");
        _g.Output(Names.Logits, LogitsType ?? CacheType, Batch, LastLogitOnly ? 1 : "sequence", DeclaredVocabulary is { } free ? free : Vocabulary);
        if (WithLogitsToKeep)
            _g.Input("num_logits_to_keep", OnnxGraphBuilder.Int64, 1);
        if (WithCacheBranch)
            _g.Input("use_cache_branch", OnnxGraphBuilder.Bool, 1);
        if (ExtraInput is not null)
            _g.Input(ExtraInput, OnnxGraphBuilder.Float, "batch");
        object[] head = Combined ? [2, Batch, Heads] : [Batch, Heads];
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (string name in GraphNames.OfLayer(Names.Past, layer))
                _g.Input(name, CacheType, [.. head, "past", Size]);
            foreach (string name in GraphNames.OfLayer(Names.Present, layer))
                _g.Output(name, CacheType, [.. head, "total", Size]);
        }
    }

    // One scale for all rows and positions that the run is given.
    private string Coarse(string x)
    {
        string[] coarse = [$"{x}_coarse", $"{x}_scale", $"{x}_zero"];
        _g.Node("DynamicQuantizeLinear", [x], coarse, "");
        return _g.Node("DequantizeLinear", coarse);
    }

    private string Cast(string value, int type) => _g.Node("Cast", [value], attributes: ("to", [type]));

    private string Allowed(string mask, string total, string rows)
    {
        string columns = _g.Node("Range", [_g.Scalar(0), total, _g.Scalar(1)]);
        if (MostColumns is { } most)
            columns = _g.Node("Gather", [_g.Integers([.. Enumerable.Range(0, most).Select(at => (long)at)]), columns]);
        string causal = _g.Node("LessOrEqual", [columns, _g.Node("Unsqueeze", [rows, _g.Integers(1)])]);
        if (MaskBlind)
            return _g.Node("Unsqueeze", [causal, _g.Integers(0, 1)]);
        return _g.Node("And", [causal, _g.Node("Unsqueeze", [_g.Node("Greater", [mask, _g.Scalar(0)]), _g.Integers(1, 2)])]);
    }

    private string Layer(int layer, string x, string see)
    {
        string Projected(string name) => Adapted(name, layer, x, _g.Node("MatMul", [x, $"{name}{layer}"]));
        string attended = Fused
            ? GroupQuery(layer, Projected("q"), Projected("k"), Projected("v"), see)
            : Plain(layer, Split(Projected("q")), Split(Projected("k")), Split(Projected("v")), see);
        return _g.Node("Add", [x, _g.Node("MatMul", [attended, $"o{layer}"])]);
    }

    private string Split(string x) =>
        _g.Node("Transpose", [_g.Node("Reshape", [x, _g.Integers(0, 0, Heads, Size)])], attributes: ("perm", [0, 2, 1, 3]));

    private string Plain(int layer, string q, string k, string v, string allowed)
    {
        (string key, string value) = Combined ? AppendBoth(layer, k, v) : (Append(layer, 0, k), Append(layer, 1, v));
        string scores = _g.Node("MatMul", [q, _g.Node("Transpose", [key], attributes: ("perm", [0, 1, 3, 2]))]);
        string low = Cast(_g.Scalar(-1_000_000), OnnxGraphBuilder.Float);
        string weights = _g.Node("Softmax", [_g.Node("Where", [allowed, scores, low])], attributes: ("axis", [3]));
        string joined = _g.Node("Transpose", [_g.Node("MatMul", [weights, value])], attributes: ("perm", [0, 2, 1, 3]));
        return _g.Node("Reshape", [joined, _g.Integers(0, 0, Width)]);
    }

    private string Append(int layer, int part, string x)
    {
        string past = Past(GraphNames.OfLayer(Names.Past, layer).ElementAt(part));
        string all = _g.Node("Concat", [past, x], attributes: ("axis", [2]));
        _g.Node("Cast", [all], GraphNames.OfLayer(Names.Present, layer).ElementAt(part), attributes: ("to", [CacheType]));
        return all;
    }

    private (string Key, string Value) AppendBoth(int layer, string k, string v)
    {
        string both = _g.Node("Concat", [_g.Node("Unsqueeze", [k, _g.Integers(0)]), _g.Node("Unsqueeze", [v, _g.Integers(0)])], attributes: ("axis", [0]));
        string all = _g.Node("Concat", [Past(GraphNames.OfLayer(Names.Past, layer).Single()), both], attributes: ("axis", [3]));
        _g.Node("Cast", [all], GraphNames.OfLayer(Names.Present, layer).Single(), attributes: ("to", [CacheType]));
        string Part(long part) => _g.Node("Gather", [all, _g.Scalar(part)], attributes: ("axis", [0]));
        return (Part(0), Part(1));
    }

    private string Past(string name)
    {
        string past = Cast(name, OnnxGraphBuilder.Float);
        return WithCacheBranch ? _g.Node("Mul", [past, Cast("use_cache_branch", OnnxGraphBuilder.Float)]) : past;
    }

    private string GroupQuery(int layer, string q, string k, string v, string mask)
    {
        string seen = MaskBlind ? _g.Node("Add", [_g.Node("Mul", [mask, _g.Scalar(0)]), _g.Scalar(1)]) : mask;
        string last = _g.Node("Sub", [_g.Node("ReduceSum", [seen, _g.Integers(1)], attributes: ("keepdims", [0])), _g.Integers(1)]);
        string total = _g.Node("Gather", [_g.Node("Shape", [mask]), _g.Scalar(1)], attributes: ("axis", [0]));
        string[] inputs = [Cast(q, CacheType), Cast(k, CacheType), Cast(v, CacheType), .. GraphNames.OfLayer(Names.Past, layer), Cast(last, OnnxGraphBuilder.Int32), Cast(total, OnnxGraphBuilder.Int32)];
        string output = $"attended{layer}";
        _g.Node(
            "GroupQueryAttention", inputs, [output, .. GraphNames.OfLayer(Names.Present, layer)], "com.microsoft",
            ("num_heads", [Heads]), ("kv_num_heads", [Heads]), ("scale", [1]));
        return Cast(output, OnnxGraphBuilder.Float);
    }
}
