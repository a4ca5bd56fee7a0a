using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>What a decoder graph calls its inputs and outputs; <c>%d</c> stands for the layer.</summary>
internal sealed record GraphNames
{
    /// <summary>Tokens [batch, sequence].</summary>
    public string InputIds { get; init; } = "input_ids";

    /// <summary>Ones where there is a token [batch, total].</summary>
    public string AttentionMask { get; init; } = "attention_mask";

    /// <summary>Positions [batch, sequence].</summary>
    public string PositionIds { get; init; } = "position_ids";

    /// <summary>Chooses the branch with a past in Optimum's merged decoders.</summary>
    public string UseCacheBranch { get; init; } = "use_cache_branch";

    /// <summary>How many of the last logits are wanted.</summary>
    public string LogitsToKeep { get; init; } = "num_logits_to_keep";

    /// <summary>Logits [batch, sequence, vocabulary].</summary>
    public string Logits { get; init; } = "logits";

    /// <summary>Cache inputs of a layer: key and value, or one for both.</summary>
    public ImmutableArray<string> Past { get; init; } = ["past_key_values.%d.key", "past_key_values.%d.value"];

    /// <summary>Cache outputs of a layer, in the order of <see cref="Past"/>.</summary>
    public ImmutableArray<string> Present { get; init; } = ["present.%d.key", "present.%d.value"];

    /// <summary>The names of one layer.</summary>
    public static IEnumerable<string> OfLayer(ImmutableArray<string> patterns, int layer) =>
        patterns.Select(pattern => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    /// <summary>Reads the <c>decoder</c> of a genai_config.json; names that it leaves out are the usual ones.</summary>
    /// <exception cref="InvalidDataException">A name is no text, or a cache name has no <c>%d</c>.</exception>
    public static GraphNames FromGenai(JsonElement decoder)
    {
        var usual = new GraphNames();
        JsonElement inputs = Part(decoder, "inputs"), outputs = Part(decoder, "outputs");
        return new GraphNames
        {
            InputIds = Name(inputs, "input_ids", usual.InputIds),
            AttentionMask = Name(inputs, "attention_mask", usual.AttentionMask),
            PositionIds = Name(inputs, "position_ids", usual.PositionIds),
            Logits = Name(outputs, "logits", usual.Logits),
            Past = Patterns(inputs, "past_names", ["past_key_names", "past_value_names"], usual.Past),
            Present = Patterns(outputs, "present_names", ["present_key_names", "present_value_names"], usual.Present),
        };
    }

    private static ImmutableArray<string> Patterns(JsonElement part, string combined, string[] apart, ImmutableArray<string> usual)
    {
        ImmutableArray<string> patterns = part.ValueKind == JsonValueKind.Object && part.TryGetProperty(combined, out _)
            ? [Name(part, combined, "")]
            : [Name(part, apart[0], usual[0]), Name(part, apart[1], usual[1])];
        return patterns.All(pattern => pattern.Contains("%d", StringComparison.Ordinal))
            ? patterns
            : throw new InvalidDataException($"genai_config.json names a cache tensor {string.Join(" or ", patterns)} without %d for the layer");
    }

    private static JsonElement Part(JsonElement decoder, string name) =>
        decoder.ValueKind == JsonValueKind.Object && decoder.TryGetProperty(name, out JsonElement part) ? part : default;

    private static string Name(JsonElement part, string name, string usual)
    {
        if (part.ValueKind != JsonValueKind.Object || !part.TryGetProperty(name, out JsonElement value))
            return usual;
        return value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"genai_config.json gives {name} no name");
    }
}
