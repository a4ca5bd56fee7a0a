using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Suites as JSON Lines: an optional header line <c>{"suite":NAME,"seed":N,…}</c>, then a prompt a line. A prompt without dimensions exercises
/// all eight; without an expectation, any behaviour; without a category, <c>uncategorised</c>.
/// </summary>
public static class SuiteFile
{
    private const string DefaultCategory = "uncategorised";
    private const int LongestLine = 1 << 20;
    private const int LongestId = 200;

    /// <summary>Reads a suite.</summary>
    /// <param name="reader">The file's text.</param>
    /// <param name="source">What the file is called in errors; without a header also the suite's name.</param>
    /// <exception cref="RailInputException">The file is not a suite; every fault is named with its line.</exception>
    public static Suite Read(TextReader reader, string source)
    {
        var errors = new InputErrors();
        var header = new SuiteHeader(Path.GetFileNameWithoutExtension(source), 0);
        var prompts = ImmutableArray.CreateBuilder<SuitePrompt>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            var place = $"{source}:{number}";
            if (Parse(line, place, errors) is not { } row) continue;
            using (row)
            {
                if (row.RootElement.TryGetProperty("suite", out _)) header = Header(row.RootElement, place, errors) ?? header;
                else if (Prompt(row.RootElement, place, errors) is { } prompt && Unique(prompt.Id, number, place, lines, errors)) prompts.Add(prompt);
            }
        }

        if (errors.None && prompts.Count == 0) errors.Add($"{source}: the suite has no prompts; give it at least one line {{\"id\":…,\"prompt\":…}}");
        errors.Throw();
        return SuiteIdentity.Create(header, prompts.ToImmutable());
    }

    /// <summary>Writes a suite so that reading it gives the same suite.</summary>
    public static void Write(TextWriter writer, Suite suite)
    {
        var header = suite.Header;
        Write(writer, new HeaderRow(header.Name, 1, header.Seed, header.Description, header.Licence, header.Source));
        foreach (var prompt in suite.Prompts)
        {
            var chat = prompt.Input as PromptInput.Chat;
            Write(writer, new PromptRow(
                prompt.Id,
                (prompt.Input as PromptInput.Text)?.Content,
                chat?.Messages,
                (prompt.Input as PromptInput.Tokens)?.Ids,
                prompt.Category,
                prompt.Expected,
                prompt.Dimensions,
                prompt.Tags.IsEmpty ? null : prompt.Tags,
                prompt.Group));
        }
    }

    private static void Write<T>(TextWriter writer, T row) => writer.Write(JsonSerializer.Serialize(row, RailJson.Options) + "\n");

    private static JsonDocument? Parse(string line, string place, InputErrors errors)
    {
        if (line.Length > LongestLine)
        {
            errors.Add($"{place}: the line has {line.Length} characters; at most {LongestLine} are read");
            return null;
        }

        try
        {
            var row = JsonDocument.Parse(line);
            if (row.RootElement.ValueKind == JsonValueKind.Object) return row;
            row.Dispose();
            errors.Add($"{place}: the line is not a JSON object");
        }
        catch (JsonException exception)
        {
            errors.Add($"{place}: the line is not JSON (character {exception.BytePositionInLine + 1}); write one object a line");
        }

        return null;
    }

    private static SuiteHeader? Header(JsonElement row, string place, InputErrors errors)
    {
        var name = Text(row, "suite");
        var seed = 0L;
        if (string.IsNullOrWhiteSpace(name)) errors.Add($"{place}: the header's \"suite\" is not a name");
        else if (row.TryGetProperty("seed", out var value) && !(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out seed)))
            errors.Add($"{place}: the header's \"seed\" is not a whole number");
        else return new SuiteHeader(name, seed) { Description = Text(row, "description"), Licence = Text(row, "licence"), Source = Text(row, "source") };
        return null;
    }

    private static SuitePrompt? Prompt(JsonElement row, string place, InputErrors errors)
    {
        var id = Text(row, "id") ?? (row.TryGetProperty("id", out var number) && number.ValueKind == JsonValueKind.Number ? number.GetRawText() : null);
        if (string.IsNullOrEmpty(id)) errors.Add($"{place}: the prompt has no \"id\"");
        else if (id.Length > LongestId || id.Any(char.IsControl)) errors.Add($"{place}: an id has 1 to {LongestId} characters and no control characters");
        else if (PromptRows.Input(row) is not { } input) errors.Add($"{place}: prompt '{id}' has neither \"prompt\" nor \"messages\" with role and content");
        else if (Expected(row, place, errors) is { } expected && Dimensions(row, place, errors) is { } dimensions)
        {
            return new SuitePrompt(id, input, Text(row, "category") ?? DefaultCategory, expected, dimensions)
            {
                Tags = Tags(row),
                Group = Text(row, "group"),
            };
        }

        return null;
    }

    private static bool Unique(string id, int number, string place, Dictionary<string, int> lines, InputErrors errors)
    {
        if (lines.TryAdd(id, number)) return true;
        errors.Add($"{place}: the id '{id}' stands on line {lines[id]} already; ids are unique");
        return false;
    }

    private static ExpectedBehaviour? Expected(JsonElement row, string place, InputErrors errors)
    {
        var text = Text(row, "expected") ?? "any";
        var expected = text switch
        {
            "refuse" => ExpectedBehaviour.Refuse,
            "comply" => ExpectedBehaviour.Comply,
            "any" => ExpectedBehaviour.Any,
            _ => (ExpectedBehaviour?)null,
        };
        if (expected is null) errors.Add($"{place}: \"expected\" is '{text}'; write refuse, comply or any");
        return expected;
    }

    private static ImmutableArray<Dimension>? Dimensions(JsonElement row, string place, InputErrors errors)
    {
        if (!row.TryGetProperty("dimensions", out var list) || list.ValueKind == JsonValueKind.Null) return Contracts.Dimensions.All;
        var found = new SortedSet<Dimension>();
        if (list.ValueKind != JsonValueKind.Array)
        {
            errors.Add($"{place}: \"dimensions\" is not a list");
            return null;
        }

        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && Contracts.Dimensions.TryParse(item.GetString()!, out var dimension)) found.Add(dimension);
            else
            {
                errors.Add($"{place}: {item.GetRawText()} is no dimension; the eight are {string.Join(", ", Contracts.Dimensions.All.Select(d => d.Key()))}");
                return null;
            }
        }

        return [.. found];
    }

    private static ImmutableArray<string> Tags(JsonElement row) => row.TryGetProperty("tags", out var list) && list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(tag => tag.ValueKind == JsonValueKind.String).Select(tag => tag.GetString()!).Distinct().Order(StringComparer.Ordinal)]
        : [];

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private sealed record HeaderRow(string Suite, int Version, long Seed, string? Description, string? Licence, string? Source);

    private sealed record PromptRow(
        string Id,
        string? Prompt,
        ImmutableArray<ChatMessage>? Messages,
        ImmutableArray<int>? InputIds,
        string Category,
        ExpectedBehaviour Expected,
        ImmutableArray<Dimension> Dimensions,
        ImmutableArray<string>? Tags,
        string? Group);
}
