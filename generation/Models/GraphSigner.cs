using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>Finds out from a graph's description whether and how the engine can run it.</summary>
internal sealed class GraphSigner
{
    // They scale all that they are given at once, so that a row's numbers depend on its neighbours and on padding.
    private static readonly string[] ScaleWholeBatches = ["DynamicQuantizeLinear", "com.microsoft::DynamicQuantizeMatMul", "com.microsoft::DynamicQuantizeLSTM"];

    private readonly GraphSummary _graph;
    private readonly GraphNames _names;
    private readonly Dictionary<string, GraphValue> _inputs;
    private readonly Dictionary<string, GraphValue> _outputs;

    private GraphSigner(GraphSummary graph, GraphNames names)
    {
        (_graph, _names) = (graph, names);
        _inputs = ByName(graph.Inputs, "inputs");
        _outputs = ByName(graph.Outputs, "outputs");
    }

    /// <summary>Reads a summary.</summary>
    /// <exception cref="InvalidDataException">The graph is no decoder that the engine can run; the message says what it has and needs.</exception>
    public static GraphSignature Sign(GraphSummary graph, GraphNames names) => new GraphSigner(graph, names).Sign();

    private GraphSignature Sign()
    {
        foreach (string name in new[] { _names.InputIds, _names.AttentionMask })
            Require(_inputs.ContainsKey(name), $"it has no input {name} (inputs: {string.Join(", ", _inputs.Keys)})");
        int layers = CountLayers();
        ImmutableArray<string> past = Cache(_names.Past, layers), present = Cache(_names.Present, layers);
        CheckInputs(past);
        CheckOutputs(present);
        KvLayout layout = Layout(past, present);
        bool positions = _inputs.ContainsKey(_names.PositionIds);
        bool branch = _inputs.ContainsKey(_names.UseCacheBranch);
        bool alone = TakesOneRow(past, layout);
        string? whole = WholeReason(branch);
        (CacheKind kind, string? reason) = whole is null ? Kind(past, positions, branch, alone) : (CacheKind.OneRow, whole);
        GraphValue logits = _outputs[_names.Logits];
        GraphValue? keep = _inputs.GetValueOrDefault(_names.LogitsToKeep);
        return new GraphSignature
        {
            Names = _names,
            TokenType = TokenType(positions),
            HasPositions = positions,
            HasCacheBranch = branch,
            // A merged decoder's first branch takes the whole prompt and no past.
            WholePrompts = branch || whole is not null,
            LogitsToKeep = keep,
            LastLogitsOnly = keep is not null || logits.Dimension(1) == 1,
            LogitsType = ElementTypes.Find(logits.Type)!.Value,
            Layers = layers,
            Cache = layout,
            PastNames = past,
            PresentNames = present,
            Vocabulary = logits.Dimension(2),
            Kind = kind,
            OneRowReason = reason,
        };
    }

    private static Dictionary<string, GraphValue> ByName(ImmutableArray<GraphValue> values, string what)
    {
        var named = new Dictionary<string, GraphValue>(StringComparer.Ordinal);
        foreach (GraphValue value in values)
            Require(named.TryAdd(value.Name, value), $"it has two {what} named {value.Name}");
        return named;
    }

    private int CountLayers()
    {
        int layers = 0;
        while (GraphNames.OfLayer(_names.Past, layers).All(_inputs.ContainsKey))
            layers++;
        Require(layers > 0, $"it has no KV cache inputs {string.Join(" and ", _names.Past.Select(Shown))}: export it with past (text-generation-with-past)");
        return layers;
    }

    private void CheckInputs(ImmutableArray<string> past)
    {
        foreach (GraphValue input in _graph.Inputs)
        {
            string[]? types = TypesOf(input.Name, past);
            Require(types is not null, $"its input {input} is not supported; supported are {Supported()}");
            Require(
                types!.Contains(input.Type),
                $"its input {input.Name} is {input.Type}, and this engine takes {string.Join(" or ", types!)}{(input.Type == "bf16" ? ": export the model in fp16 or fp32" : "")}");
        }
    }

    private string[]? TypesOf(string name, ImmutableArray<string> past)
    {
        if (past.Contains(name))
            return ["fp32", "fp16"];
        if (name == _names.UseCacheBranch)
            return ["bool"];
        return name == _names.InputIds || name == _names.AttentionMask || name == _names.PositionIds || name == _names.LogitsToKeep ? ["int64", "int32"] : null;
    }

    private string Supported() => string.Join(
        ", ", [_names.InputIds, _names.AttentionMask, _names.PositionIds, .. _names.Past.Select(Shown), _names.LogitsToKeep, _names.UseCacheBranch]);

    private void CheckOutputs(ImmutableArray<string> present)
    {
        foreach (string name in present.Add(_names.Logits))
        {
            Require(_outputs.ContainsKey(name), $"it has no output {name} (outputs: {string.Join(", ", _outputs.Keys)})");
            Require(
                _outputs[name].Type is "fp32" or "fp16",
                $"its output {name} is {_outputs[name].Type}, and this engine takes fp32 or fp16: export the model in one of these");
        }

        Require(_outputs[_names.Logits].Shape.Length is 0 or 3, $"its output {_outputs[_names.Logits]} is not [batch, sequence, vocabulary]");
    }

    // Every cache tensor must be of one shape: slots are moved and copied for all of them alike.
    private KvLayout Layout(ImmutableArray<string> past, ImmutableArray<string> present)
    {
        bool combined = _names.Past.Length == 1;
        int heads = combined ? 2 : 1, size = combined ? 4 : 3;
        GraphValue first = _inputs[past[0]];
        Require(
            first.Shape.Length == (combined ? 5 : 4) && first.Dimension(heads) is > 0 && first.Dimension(size) is > 0,
            $"the cache input {first} is not [{(combined ? "2, " : "")}batch, heads, past, head size] with heads and head size given as numbers");
        foreach (string name in past)
        {
            GraphValue value = _inputs[name];
            Require(
                value.Type == first.Type && value.Dimension(heads) == first.Dimension(heads) && value.Dimension(size) == first.Dimension(size),
                $"the cache inputs {first} and {value} are of two kinds, and this engine takes caches of one kind");
        }

        foreach (string name in present)
            Require(_outputs[name].Type == first.Type, $"the cache output {_outputs[name]} is not of the type of the cache inputs, {first.Type}");
        return new KvLayout(ElementTypes.Find(first.Type)!.Value, first.Dimension(heads)!.Value, first.Dimension(size)!.Value, combined);
    }

    // What the engine's tensors would not fit, ONNX Runtime would only say in the middle of a run.
    private bool TakesOneRow(ImmutableArray<string> past, KvLayout layout)
    {
        bool alone = false;
        foreach (string name in past.AddRange(_names.InputIds, _names.AttentionMask, _names.PositionIds).Where(_inputs.ContainsKey))
        {
            GraphValue input = _inputs[name];
            bool cache = past.Contains(name);
            Require(cache || input.Shape.Length is 0 or 2, $"its input {input} is not [batch, positions]");
            Require(input.Dimension(cache ? input.Shape.Length - 2 : 1) is null, $"its input {input} has a fixed number of positions: export it with free ones");
            int? rows = input.Dimension(cache && layout.Combined ? 1 : 0);
            Require(rows is null or 1, $"its input {input} takes batches of {rows}: export it with a free batch size");
            alone |= rows == 1;
        }

        return alone;
    }

    private TensorElementType TokenType(bool positions)
    {
        string type = _inputs[_names.InputIds].Type;
        foreach (string name in positions ? new[] { _names.AttentionMask, _names.PositionIds } : [_names.AttentionMask])
            Require(_inputs[name].Type == type, $"its inputs {_names.InputIds} and {name} are of two types, {type} and {_inputs[name].Type}");
        return ElementTypes.Find(type)!.Value;
    }

    private string? WholeReason(bool branch)
    {
        if (_graph.Operators.FirstOrDefault(ScaleWholeBatches.Contains) is { } scales)
            return $"the graph uses {scales}, which scales a whole batch at once";
        // Such as the two sets of rotary angles of a model whose context was extended.
        return !branch && _graph.Operators.Contains("If") ? "the graph uses If, which takes one branch for a whole batch" : null;
    }

    // A graph that counts positions itself sees padding, and other fused attention reads lengths, not masks.
    private (CacheKind Kind, string? Reason) Kind(ImmutableArray<string> past, bool positions, bool branch, bool alone)
    {
        if (alone)
            return (CacheKind.OneRow, "the graph takes batches of 1");
        string? fused = _graph.Operators.FirstOrDefault(name => name.EndsWith("Attention", StringComparison.Ordinal));
        // The first branch of a merged decoder gives a present that has no room behind it.
        bool shared = !branch && past.All(_graph.GroupQueryPasts.Contains);
        if (shared && (positions || _graph.GroupQueryRotates))
            return (CacheKind.Shared, null);
        if (fused is not null && !shared)
            return (CacheKind.OneRow, $"the graph uses {fused}");
        return positions ? (CacheKind.Padded, null) : (CacheKind.OneRow, $"the graph has no {_names.PositionIds}");
    }

    private static ImmutableArray<string> Cache(ImmutableArray<string> patterns, int layers) =>
        [.. Enumerable.Range(0, layers).SelectMany(layer => GraphNames.OfLayer(patterns, layer))];

    private static string Shown(string pattern) => pattern.Replace("%d", "N", StringComparison.Ordinal);

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new InvalidDataException(message);
    }
}
