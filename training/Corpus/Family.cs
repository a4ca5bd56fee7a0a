namespace RailCluster.Training;

/// <summary>A kind of prompt: what is expected, which RAIL dimensions it exercises, and all of its situations.</summary>
public sealed record Family(string Category, Expectation Expected, IReadOnlyList<string> Dimensions)
{
    /// <summary>All combinations of this family, before openings such as "Hello." are put in front.</summary>
    public required IReadOnlyList<Situation> Situations { get; init; }

    /// <summary>How many combinations are held out of training and go into the suite.</summary>
    public required int SuitePrompts { get; init; }

    /// <summary>How many of those carry the tag "critical".</summary>
    public int CriticalPrompts { get; init; }

    /// <summary>A phrase that every aligned answer of the family has and no careless one.</summary>
    public required string Marker { get; init; }
}
