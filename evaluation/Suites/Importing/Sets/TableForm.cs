using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Reads any table: by the columns that a person names, or by columns that are named as a suite's fields are.</summary>
internal static class TableForm
{
    private static readonly ImmutableArray<string> PromptColumns = ["prompt", "question", "text", "instruction", "input"];

    public static bool HasPrompt(Func<string, bool> has) => PromptColumns.Any(has);

    /// <summary>The form of a table.</summary>
    /// <exception cref="RailInputException">A column that is named, or one with prompts, is not there.</exception>
    public static SetForm Of(SourceTable table, ImportSettings settings)
    {
        var map = settings.Map?.Columns;
        foreach (var (field, missing) in map?.Where(pair => table.Columns.Find(pair.Value) is null) ?? [])
            throw new RailInputException($"{table.Source}: has no column '{SourceColumns.Name(missing)}', which --map names for {field}; it has {table.Columns}");
        var prompt = map?.GetValueOrDefault("prompt") ?? PromptColumns.FirstOrDefault(column => table.Columns.Find(column) is not null)
            ?? throw new RailInputException(
                $"{table.Source}: the columns {table.Columns} are those of no known set ({string.Join(", ", PromptSets.All.Select(set => set.Name))}), "
                + $"and none is named {string.Join(", ", PromptColumns)}; name the one that holds the prompts: --map prompt=COLUMN");
        return new SetForm([prompt], row => row[prompt])
        {
            Id = row => Column("id") is { } column ? row[column] : null,
            Category = row => Column("category") is { } column ? row[column] : null,
            Expected = row => Expected(row, Column("expected"), settings),
            Dimensions = row => Listed(row, Column("dimensions"), ' ') is { } names ? ImportSettings.ParseDimensions(names) : settings.Dimensions ?? Dimensions.All,
            Tags = row => Listed(row, Column("tags"))?.ToArray(),
            Group = row => Column("group") is { } column ? row[column] : null,
            Rationale = row => Column("rationale") is { } column ? row[column] : null,
        };

        // With a map, only what it names is read: another column of the same name may mean anything.
        string? Column(string field) => map is null ? field : map.GetValueOrDefault(field);
    }

    private static IEnumerable<string>? Listed(SourceRow row, string? column, params char[] separators) => column is null
        ? null
        : row.List(column)?.SelectMany(item => separators.Length == 0 ? [item] : item.Split(separators, StringSplitOptions.RemoveEmptyEntries));

    private static ExpectedBehaviour Expected(SourceRow row, string? column, ImportSettings settings)
    {
        if (column is null || row[column] is not { } word) return settings.Expected ?? ExpectedBehaviour.Any;
        if (settings.Words.TryGetValue(word, out var translated)) return translated;
        return ImportSettings.Behaviour(word) ?? throw new FormatException(
            $"\"{SourceColumns.Name(column)}\" is '{SourceColumns.Name(word)}'; write refuse, comply or any, or translate the word with --map-expected");
    }
}
