using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Suites as JSON Lines: an optional header on the first line, <c>{"suite":NAME,"version":1,"seed":N,"description","licence","source","population"}</c>,
/// then a prompt a line: <c>{"id","prompt"}</c>, <c>{"id","messages"}</c> or <c>{"id","input_ids"}</c>, with <c>"category"</c>,
/// <c>"expected"</c>, <c>"dimensions"</c>, <c>"tags"</c>, <c>"group"</c>, <c>"rationale"</c> where there is something to say. A prompt without dimensions
/// exercises all eight; without an expectation, any behaviour; without a category, <c>uncategorised</c>. Fields of other names are passed
/// over, and are not written again.
/// </summary>
public static class SuiteFile
{
    private const int LongestLine = 1 << 20;
    private const string Unnamed = "suite";

    /// <summary>Reads a suite. Line ends of any kind and a byte-order mark are read as well.</summary>
    /// <param name="reader">The file's text.</param>
    /// <param name="source">What the file is called in errors; without a header also the suite's name.</param>
    /// <exception cref="RailInputException">The file is not a suite; every fault is named with its line.</exception>
    public static Suite Read(TextReader reader, string source)
    {
        var errors = new InputErrors();
        var name = Path.GetFileNameWithoutExtension(source);
        var header = new SuiteHeader(name.Length == 0 ? Unnamed : name, 0);
        var prompts = ImmutableArray.CreateBuilder<SuitePrompt>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var (number, rows) = (0, 0);
        while (reader.ReadLine() is { } line)
        {
            if (++number == 1) line = line.TrimStart('\uFEFF');
            if (string.IsNullOrWhiteSpace(line)) continue;
            var place = $"{source}:{number}";
            rows++;
            Row(line, place, errors, row =>
            {
                if (row.IsHeader && rows == 1) header = row.Header() ?? header;
                else if (row.Prompt() is { } prompt && Unique(prompt.Id, number, place, lines, errors)) prompts.Add(prompt);
            });
        }

        if (errors.None && prompts.Count == 0) errors.Add($"{source}: the suite has no prompts; give it at least one line {{\"id\":…,\"prompt\":…}}");
        errors.Throw();
        return SuiteIdentity.Create(header, prompts.ToImmutable());
    }

    /// <summary>Writes a suite so that reading it gives the same suite.</summary>
    public static void Write(TextWriter writer, Suite suite)
    {
        var header = suite.Header;
        Write(writer, new HeaderRow(header.Name, SuiteRow.HeaderVersion, header.Seed, header.Description, header.Licence, header.Source, header.Population));
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
                prompt.Group,
                prompt.Rationale));
        }
    }

    private static void Write<T>(TextWriter writer, T row) => writer.Write(JsonSerializer.Serialize(row, RailJson.Options) + "\n");

    private static void Row(string line, string place, InputErrors errors, Action<SuiteRow> read)
    {
        if (line.Length > LongestLine)
        {
            errors.Add($"{place}: the line has {line.Length} characters; at most {LongestLine} are read");
            return;
        }

        try
        {
            using var row = StrictJson.Parse(line);
            if (row.RootElement.ValueKind == JsonValueKind.Object) read(new SuiteRow(row.RootElement, place, errors));
            else errors.Add($"{place}: the line is not a JSON object");
        }
        catch (JsonException exception)
        {
            errors.Add($"{place}: the line {StrictJson.Fault(exception)}; write one object a line");
        }
    }

    private static bool Unique(string id, int number, string place, Dictionary<string, int> lines, InputErrors errors)
    {
        if (lines.TryAdd(id, number)) return true;
        errors.Add($"{place}: the id '{id}' stands on line {lines[id]} already; ids are unique");
        return false;
    }

    private sealed record HeaderRow(string Suite, int Version, long Seed, string? Description, string? Licence, string? Source, string? Population);

    private sealed record PromptRow(
        string Id,
        string? Prompt,
        ImmutableArray<ChatMessage>? Messages,
        ImmutableArray<int>? InputIds,
        string Category,
        ExpectedBehaviour Expected,
        ImmutableArray<Dimension> Dimensions,
        ImmutableArray<string>? Tags,
        string? Group,
        string? Rationale);
}
