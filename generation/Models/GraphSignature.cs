using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RailCluster.Generation;

/// <summary>
/// What a decoder graph asks for and gives, in the names of Optimum's exports: <c>input_ids</c>, <c>attention_mask</c>,
/// <c>position_ids</c>, <c>past_key_values.N.key|value</c> to <c>logits</c>, <c>present.N.key|value</c>.
/// </summary>
internal sealed partial record GraphSignature(
    bool HasPositions,
    string? LogitsToKeep,
    int Layers,
    int KvHeads,
    int HeadDim,
    int? Vocabulary,
    string? OneRowReason)
{
    private const string SupportedInputs =
        "input_ids, attention_mask, position_ids, past_key_values.N.key, past_key_values.N.value, num_logits_to_keep";

    /// <summary>Inputs of the cache, key before value, layer by layer.</summary>
    public ImmutableArray<string> PastNames { get; } = CacheNames("past_key_values", Layers);

    /// <summary>Outputs of the cache, in the order of <see cref="PastNames"/>.</summary>
    public ImmutableArray<string> PresentNames { get; } = CacheNames("present", Layers);

    /// <summary>Reads a summary.</summary>
    /// <exception cref="InvalidDataException">The graph is no decoder that the engine can run; the message says what it has and needs.</exception>
    public static GraphSignature From(GraphSummary graph)
    {
        var inputs = graph.Inputs.ToDictionary(input => input.Name, StringComparer.Ordinal);
        foreach (string name in new[] { "input_ids", "attention_mask" })
            Require(inputs.ContainsKey(name), $"it has no input {name} (inputs: {string.Join(", ", inputs.Keys)})");
        int layers = inputs.Keys.Count(name => PastName().IsMatch(name));
        Require(layers > 0 && layers % 2 == 0, "it has no KV cache inputs past_key_values.N.key and .value: export it with past (text-generation-with-past)");
        layers /= 2;
        foreach (GraphValue input in graph.Inputs)
            CheckInput(input);
        CheckOutputs(graph, layers);
        GraphValue key = inputs.GetValueOrDefault("past_key_values.0.key")
            ?? throw new InvalidDataException("its cache inputs do not start at past_key_values.0.key");
        Require(
            key.Shape.Length == 4 && key.Dimension(1) is > 0 && key.Dimension(3) is > 0,
            $"the cache input {key} is not [batch, heads, past, head size] with heads and head size given as numbers");
        bool positions = inputs.ContainsKey("position_ids");
        return new GraphSignature(
            positions,
            inputs.ContainsKey("num_logits_to_keep") ? "num_logits_to_keep" : null,
            layers,
            key.Dimension(1)!.Value,
            key.Dimension(3)!.Value,
            graph.Outputs.First(output => output.Name == "logits").Dimension(2),
            OneRow(graph, positions));
    }

    private static void CheckInput(GraphValue input)
    {
        bool cache = PastName().IsMatch(input.Name);
        string? type = input.Name switch
        {
            "input_ids" or "attention_mask" or "position_ids" or "num_logits_to_keep" => "int64",
            _ when cache => "fp32",
            _ => null,
        };
        Require(
            type is not null,
            $"its input {input} is not supported; supported are {SupportedInputs}");
        Require(
            input.Type == type,
            $"its input {input.Name} is {input.Type}, and this engine takes {type}{(input.Type is "fp16" or "bf16" ? ": export the model in fp32" : "")}");
    }

    private static void CheckOutputs(GraphSummary graph, int layers)
    {
        var outputs = graph.Outputs.ToDictionary(output => output.Name, StringComparer.Ordinal);
        foreach (string name in CacheNames("present", layers).Add("logits"))
        {
            Require(outputs.ContainsKey(name), $"it has no output {name} (outputs: {string.Join(", ", outputs.Keys)})");
            Require(outputs[name].Type == "fp32", $"its output {name} is {outputs[name].Type}, and this engine takes fp32: export the model in fp32");
        }
    }

    // A graph that counts positions itself sees padding, and fused attention reads lengths, not masks.
    private static string? OneRow(GraphSummary graph, bool positions)
    {
        if (!positions)
            return "the graph has no position_ids";
        string? fused = graph.Operators.FirstOrDefault(name => name.StartsWith("com.microsoft::", StringComparison.Ordinal)
            && name.EndsWith("Attention", StringComparison.Ordinal));
        return fused is null ? null : $"the graph uses {fused}";
    }

    private static ImmutableArray<string> CacheNames(string prefix, int layers) =>
        [.. Enumerable.Range(0, layers).SelectMany(layer => new[] { Name(prefix, layer, "key"), Name(prefix, layer, "value") })];

    private static string Name(string prefix, int layer, string part) => string.Create(CultureInfo.InvariantCulture, $"{prefix}.{layer}.{part}");

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new InvalidDataException(message);
    }

    [GeneratedRegex(@"^past_key_values\.\d+\.(key|value)$")]
    private static partial Regex PastName();
}
