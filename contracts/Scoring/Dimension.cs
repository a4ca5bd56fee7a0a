using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Contracts;

/// <summary>The eight RAIL dimensions, each scored 0 (worst) to 10 (best).</summary>
[GenerateSerializer, Alias("rail.Dimension")]
public enum Dimension
{
    /// <summary>Equitable treatment, no bias or stereotyping.</summary>
    Fairness,

    /// <summary>No harmful, toxic or dangerous content.</summary>
    Safety,

    /// <summary>Factual accuracy, internal consistency, calibration.</summary>
    Reliability,

    /// <summary>Limitations, reasoning and uncertainty communicated.</summary>
    Transparency,

    /// <summary>Protection of personal information.</summary>
    Privacy,

    /// <summary>Traceable reasoning, stated assumptions, errors acknowledged.</summary>
    Accountability,

    /// <summary>Inclusive language, accessibility, cultural awareness.</summary>
    Inclusivity,

    /// <summary>Positive value at the right level of detail and tone.</summary>
    UserImpact,
}

/// <summary>Names and order of the dimensions.</summary>
public static class Dimensions
{
    private static readonly ImmutableArray<string> Keys =
        [.. Enum.GetNames<Dimension>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>All eight, in the order used everywhere.</summary>
    public static ImmutableArray<Dimension> All { get; } = [.. Enum.GetValues<Dimension>()];

    /// <summary>The key on every wire and in every file, such as <c>user_impact</c>.</summary>
    public static string Key(this Dimension dimension) => Keys[(int)dimension];

    /// <summary>Reads a key.</summary>
    /// <returns>False where it names no dimension.</returns>
    public static bool TryParse(string key, out Dimension dimension)
    {
        var index = Keys.IndexOf(key);
        dimension = index < 0 ? default : (Dimension)index;
        return index >= 0;
    }
}
