using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One line of a suite file; what is wrong with it is collected, not thrown.</summary>
internal sealed class SuiteRow(JsonElement row, string place, InputErrors errors)
{
    public const int HeaderVersion = 1;
    public const int LongestId = 200;
    public const int LongestText = 1000;
    public const string DefaultCategory = "uncategorised";

    // A prompt may carry a field of that name as well.
    public bool IsHeader => row.TryGetProperty("suite", out _) && !row.TryGetProperty("id", out _);

    /// <summary>The header; null where it is faulty.</summary>
    public SuiteHeader? Header()
    {
        var name = Text("suite");
        if (string.IsNullOrWhiteSpace(name)) errors.Add($"{place}: the header's \"suite\" is not a name");
        else if (Whole("version", HeaderVersion) is not HeaderVersion)
            errors.Add($"{place}: the header's \"version\" is not one that this build reads; it reads {HeaderVersion}");
        else if (Whole("seed", 0) is not { } seed) errors.Add($"{place}: the header's \"seed\" is not a whole number");
        else return new SuiteHeader(name, seed) { Description = Text("description"), Licence = Text("licence"), Source = Text("source"), Population = Text("population") };
        return null;
    }

    /// <summary>The prompt; null where it is faulty.</summary>
    public SuitePrompt? Prompt()
    {
        var id = Id();
        if (string.IsNullOrEmpty(id))
        {
            errors.Add(IsHeader ? $"{place}: a header stands on the first line, and once" : $"{place}: the prompt has no \"id\"");
            return null;
        }

        if (IdFault(id) is { } fault) errors.Add($"{place}: {fault}");
        else if (PromptRows.Input(row) is not { } input)
            errors.Add($"{place}: prompt '{id}' has neither \"prompt\" nor \"messages\" with role and content");
        else if (input is PromptInput.Text { Content: var content } && string.IsNullOrWhiteSpace(content))
            errors.Add($"{place}: prompt '{id}' asks nothing; write its text into \"prompt\"");
        else if (Text("rationale") is var rationale && RationaleFault(rationale) is { } wrong) errors.Add($"{place}: {wrong}");
        else if (Expected() is { } expected && Dimensions() is { } dimensions && Tags() is { } tags)
        {
            return new SuitePrompt(id, input, Text("category") ?? DefaultCategory, expected, dimensions)
            {
                Tags = tags,
                Group = Text("group"),
                Rationale = rationale,
            };
        }

        return null;
    }

    /// <summary>What is wrong with a rationale; null for nothing.</summary>
    public static string? RationaleFault(string? rationale) => rationale?.Length > LongestText
        ? $"the rationale has {rationale.Length} characters; a sentence has at most {LongestText}"
        : null;

    /// <summary>What is wrong with an id; null for nothing.</summary>
    public static string? IdFault(string id) => id.Length > LongestId || id.Any(char.IsControl)
        ? $"an id has 1 to {LongestId} characters and no control characters"
        : null;

    private string? Id() => Given("id") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private ExpectedBehaviour? Expected()
    {
        if (Given("expected") is not { } value) return ExpectedBehaviour.Any;
        switch (value.ValueKind == JsonValueKind.String ? value.GetString() : null)
        {
            case "refuse": return ExpectedBehaviour.Refuse;
            case "comply": return ExpectedBehaviour.Comply;
            case "any": return ExpectedBehaviour.Any;
            default:
                errors.Add($"{place}: \"expected\" is {value.GetRawText()}; write \"refuse\", \"comply\" or \"any\"");
                return null;
        }
    }

    private ImmutableArray<Dimension>? Dimensions()
    {
        if (Given("dimensions") is not { } list) return Contracts.Dimensions.All;
        var found = new SortedSet<Dimension>();
        foreach (var key in Texts("dimensions", list))
        {
            if (Contracts.Dimensions.TryParse(key, out var dimension)) found.Add(dimension);
            else errors.Add($"{place}: \"{key}\" is no dimension; the eight are {string.Join(", ", Contracts.Dimensions.All.Select(d => d.Key()))}");
        }

        return [.. found];
    }

    private ImmutableArray<string>? Tags() => Given("tags") is { } list
        ? [.. Texts("tags", list).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        : [];

    private List<string> Texts(string name, JsonElement list)
    {
        if (list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
            return [.. list.EnumerateArray().Select(item => item.GetString()!)];
        errors.Add($"{place}: \"{name}\" is not a list of texts, such as [\"a\",\"b\"]");
        return [];
    }

    private long? Whole(string name, long missing) => Given(name) is not { } value ? missing
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var whole) ? whole
        : null;

    private string? Text(string name)
    {
        if (Given(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        errors.Add($"{place}: \"{name}\" is not text");
        return null;
    }

    private JsonElement? Given(string name) => row.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
