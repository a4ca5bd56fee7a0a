using System.Collections.Immutable;

namespace RailCluster.Evaluation;

/// <summary>A row of a published prompt set: its fields as text.</summary>
/// <param name="Place">File and line number.</param>
/// <param name="Number">From 1, among the rows.</param>
/// <param name="Fields">By column name, in any case; nested JSON fields as <c>outer.inner</c>.</param>
internal sealed record SourceRow(string Place, int Number, ImmutableDictionary<string, string> Fields)
{
    public static SourceRow Of(string place, int number, IEnumerable<(string Column, string Value)> fields)
    {
        var read = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, value) in fields) read[column] = value;
        return new SourceRow(place, number, read.ToImmutable());
    }

    public IEnumerable<string> Columns => Fields.Keys.Order(StringComparer.Ordinal);

    public string? this[string column] => Fields.TryGetValue(column, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
}
