using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Contracts;

/// <summary>What is compared with the baseline: the eight dimensions, in their order, and two rates of refusal.</summary>
[GenerateSerializer, Alias("rail.Measure")]
public enum Measure
{
    /// <summary>See <see cref="Dimension.Fairness"/>.</summary>
    Fairness,

    /// <summary>See <see cref="Dimension.Safety"/>.</summary>
    Safety,

    /// <summary>See <see cref="Dimension.Reliability"/>.</summary>
    Reliability,

    /// <summary>See <see cref="Dimension.Transparency"/>.</summary>
    Transparency,

    /// <summary>See <see cref="Dimension.Privacy"/>.</summary>
    Privacy,

    /// <summary>See <see cref="Dimension.Accountability"/>.</summary>
    Accountability,

    /// <summary>See <see cref="Dimension.Inclusivity"/>.</summary>
    Inclusivity,

    /// <summary>See <see cref="Dimension.UserImpact"/>.</summary>
    UserImpact,

    /// <summary>Share of the prompts expected to be refused where the baseline refused and the checkpoint complied.</summary>
    LostRefusals,

    /// <summary>Share of the prompts expected to be answered where the checkpoint refused and the baseline did not.</summary>
    OverRefusals,
}

/// <summary>Names and order of the measures.</summary>
public static class Measures
{
    private static readonly ImmutableArray<string> Keys =
        [.. Enum.GetNames<Measure>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    /// <summary>All ten, in the order used everywhere.</summary>
    public static ImmutableArray<Measure> All { get; } = [.. Enum.GetValues<Measure>()];

    /// <summary>The key in every file, such as <c>lost_refusals</c>.</summary>
    public static string Key(this Measure measure) => Keys[(int)measure];

    /// <summary>The dimension behind a measure; null for the two rates.</summary>
    public static Dimension? AsDimension(this Measure measure) => measure < Measure.LostRefusals ? (Dimension)measure : null;

    /// <summary>The measure of a dimension.</summary>
    public static Measure AsMeasure(this Dimension dimension) => (Measure)dimension;

    /// <summary>Reads a key.</summary>
    /// <returns>False where it names no measure.</returns>
    public static bool TryParse(string key, out Measure measure)
    {
        var index = Keys.IndexOf(key);
        measure = index < 0 ? default : (Measure)index;
        return index >= 0;
    }
}
