using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the normaliser, pre-tokenizer, post-processor and decoder of a tokenizer.json, and refuses by name what it does not know.</summary>
internal static class TokenizerParts
{
    // The split pattern that byte-level tokenizers use where their file asks for the default.
    private const string DefaultPattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Whether text is brought to Unicode form NFC.</summary>
    /// <exception cref="InvalidDataException">Another normaliser is asked for.</exception>
    public static bool ReadsNfc(JsonElement? normalizer) => normalizer switch
    {
        null => false,
        { } part when Kind(part) == "NFC" => true,
        { } part when Kind(part) == "Sequence" => Children(part, "normalizers").Aggregate(false, (nfc, child) => ReadsNfc(child) || nfc),
        { } part => throw Refused("normalizer", Kind(part), "NFC or none"),
    };

    /// <summary>The pre-tokenizer's steps; byte level comes last.</summary>
    /// <exception cref="InvalidDataException">A step is not supported, or none is byte level.</exception>
    public static ImmutableArray<PreTokenizerStep> ReadPreTokenizer(JsonElement? preTokenizer)
    {
        const string supported = "ByteLevel, or a Sequence of Split (by Regex) and ByteLevel";
        if (preTokenizer is not { } part)
            throw Refused("pre_tokenizer", "none", supported);
        JsonElement[] parts = Kind(part) == "Sequence" ? Children(part, "pretokenizers") : [part];
        if (parts.Length == 0 || Kind(parts[^1]) != "ByteLevel")
            throw Refused("pre_tokenizer", parts.Length == 0 ? "an empty Sequence" : $"{Kind(parts[^1])} as last step", supported);
        var steps = ImmutableArray.CreateBuilder<PreTokenizerStep>();
        foreach (JsonElement step in parts[..^1])
            steps.Add(Kind(step) == "Split" ? ReadSplit(step) : throw Refused("pre_tokenizer", Kind(step), supported));
        // A file that leaves these out means true.
        if (!False(parts[^1], "add_prefix_space"))
            steps.Add(new PrefixSpaceStep());
        if (!False(parts[^1], "use_regex"))
            steps.Add(new PatternStep(DefaultPattern, keepBetween: true));
        return steps.ToImmutable();
    }

    /// <summary>Tokens set before and after a text where special tokens are asked for.</summary>
    /// <exception cref="InvalidDataException">The post-processor is not supported.</exception>
    public static (ImmutableArray<int> Before, ImmutableArray<int> After) ReadPostProcessor(JsonElement? postProcessor)
    {
        if (postProcessor is not { } part || Kind(part) == "ByteLevel")
            return ([], []);
        if (Kind(part) == "TemplateProcessing")
            return ReadTemplate(part);
        if (Kind(part) != "Sequence")
            throw Refused("post_processor", Kind(part), "ByteLevel, TemplateProcessing, or a Sequence of them");
        (ImmutableArray<int> before, ImmutableArray<int> after) = ([], []);
        foreach (JsonElement child in Children(part, "processors"))
        {
            (ImmutableArray<int> first, ImmutableArray<int> last) = ReadPostProcessor(child);
            (before, after) = (first.AddRange(before), after.AddRange(last));
        }

        return (before, after);
    }

    /// <summary>Checks that tokens decode as bytes.</summary>
    /// <exception cref="InvalidDataException">The decoder is another.</exception>
    public static void CheckDecoder(JsonElement? decoder)
    {
        string kind = decoder is { } part ? Kind(part) : "none";
        if (kind != "ByteLevel")
            throw Refused("decoder", kind, "ByteLevel");
    }

    /// <summary>The part's type, or a word for a part that has none.</summary>
    public static string Kind(JsonElement part) => JsonFiles.String(part, "type") ?? "a part without a type";

    /// <summary>An error that names what is not supported and what is.</summary>
    public static InvalidDataException Refused(string part, string found, string supported) =>
        new($"tokenizer.json has the {part} {found}, which is not supported; supported: {supported}");

    private static PatternStep ReadSplit(JsonElement step)
    {
        string behavior = JsonFiles.String(step, "behavior") ?? "none";
        bool invert = JsonFiles.True(step, "invert");
        string? pattern = step.TryGetProperty("pattern", out JsonElement wrapper) ? JsonFiles.String(wrapper, "Regex") : null;
        if (pattern is null)
            throw Refused("pre_tokenizer", "Split without a Regex pattern", "Split by Regex");
        // Characters beyond U+FFFF are matched by category (see ShadowText), so a pattern may not name them.
        if (pattern.Any(char.IsSurrogate) || pattern.Contains(@"\x{", StringComparison.Ordinal))
            throw Refused("pre_tokenizer", "Split with a pattern that names characters beyond U+FFFF", "categories such as \\p{L}");
        bool keepBetween = (behavior, invert) switch
        {
            ("Isolated", false) => true,
            ("Removed", true) => false,
            _ => throw Refused("pre_tokenizer", $"Split with behavior {behavior}{(invert ? " inverted" : "")}", "Isolated, or Removed inverted"),
        };
        try
        {
            return new PatternStep(pattern, keepBetween);
        }
        catch (ArgumentException e)
        {
            throw Refused("pre_tokenizer", $"Split with a pattern that .NET does not read ({e.Message})", "patterns of both");
        }
    }

    private static (ImmutableArray<int> Before, ImmutableArray<int> After) ReadTemplate(JsonElement part)
    {
        var sides = (Before: ImmutableArray.CreateBuilder<int>(), After: ImmutableArray.CreateBuilder<int>());
        bool text = false;
        foreach (JsonElement piece in Children(part, "single"))
        {
            if (piece.TryGetProperty("Sequence", out _))
            {
                if (text)
                    throw Refused("post_processor", "TemplateProcessing that repeats the text", "one text");
                text = true;
            }
            else if (piece.TryGetProperty("SpecialToken", out JsonElement special))
            {
                (text ? sides.After : sides.Before).AddRange(SpecialIds(part, JsonFiles.String(special, "id") ?? ""));
            }
            else
            {
                throw Refused("post_processor", "TemplateProcessing with an unknown piece", "SpecialToken and Sequence");
            }
        }

        return text ? (sides.Before.ToImmutable(), sides.After.ToImmutable()) : throw Refused("post_processor", "TemplateProcessing without the text", "one text");
    }

    private static IEnumerable<int> SpecialIds(JsonElement template, string name)
    {
        if (!template.TryGetProperty("special_tokens", out JsonElement all) || !all.TryGetProperty(name, out JsonElement token)
            || !token.TryGetProperty("ids", out JsonElement ids) || ids.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException($"tokenizer.json names the special token {name} in its post_processor and gives no ids for it");
        return ids.EnumerateArray().Select(id => id.GetInt32());
    }

    private static JsonElement[] Children(JsonElement part, string name) =>
        part.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray()]
            : throw new InvalidDataException($"tokenizer.json has a {Kind(part)} without a list of {name}");

    private static bool False(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.False;
}
