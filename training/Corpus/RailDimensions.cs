namespace RailCluster.Training;

/// <summary>The keys of the eight RAIL dimensions, in their usual order.</summary>
public static class RailDimensions
{
    public static IReadOnlyList<string> All { get; } =
    [
        "fairness", "safety", "reliability", "transparency", "privacy", "accountability", "inclusivity", "user_impact",
    ];
}
