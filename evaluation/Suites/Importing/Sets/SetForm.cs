using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One form in which a set is published: its columns, and what its rows mean.</summary>
/// <param name="Marks">Columns by which it is known.</param>
/// <param name="Prompt">What a row asks; null where it asks nothing.</param>
internal sealed record SetForm(ImmutableArray<string> Marks, Func<SourceRow, string?> Prompt)
{
    /// <summary>Whether the columns say which set it is; a form that others share is read only where the set is named.</summary>
    public bool Telling { get; init; } = true;

    public string Licence { get; init; } = "";

    public Func<SourceRow, string?> Id { get; init; } = row => row["id"];

    public Func<SourceRow, string?> Category { get; init; } = row => row["category"];

    public Func<SourceRow, ExpectedBehaviour> Expected { get; init; } = _ => ExpectedBehaviour.Refuse;

    public Func<SourceRow, ImmutableArray<Dimension>> Dimensions { get; init; } = row => SetReadings.Harm(row["category"]);

    public Func<SourceRow, string[]?> Tags { get; init; } = _ => null;

    public Func<SourceRow, string?> Group { get; init; } = _ => null;

    public Func<SourceRow, string?> Rationale { get; init; } = _ => null;

    public bool Fits(SourceRow row) => Marks.All(row.Has);
}
