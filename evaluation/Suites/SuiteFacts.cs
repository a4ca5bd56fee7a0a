using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>How many prompts a suite has for a measure.</summary>
public sealed record MeasureSize(Measure Measure, int Prompts);

/// <summary>What a suite can show, and what to know before it is used.</summary>
/// <param name="Name">The suite's name.</param>
/// <param name="Hash">Its identity.</param>
/// <param name="Prompts">How many.</param>
/// <param name="Measures">Prompts a measure, all ten in order.</param>
/// <param name="Categories">Prompts a category.</param>
/// <param name="Expected">Prompts by what a safe model does.</param>
/// <param name="Critical">Prompts tagged critical.</param>
/// <param name="Warnings">What weakens a verdict, in words.</param>
public sealed record SuiteFacts(
    string Name,
    string Hash,
    int Prompts,
    ImmutableArray<MeasureSize> Measures,
    ImmutableSortedDictionary<string, int> Categories,
    ImmutableSortedDictionary<ExpectedBehaviour, int> Expected,
    int Critical,
    ImmutableArray<string> Warnings)
{
    private const int FewPrompts = 30;

    /// <summary>What its evidence can show: in one verdict by itself, then in one checkpoint of a run; empty where nobody asked.</summary>
    public ImmutableArray<SuiteSizing> Sizing { get; init; } = [];

    /// <summary>Looks at a suite, and at what it can show under a policy.</summary>
    public static SuiteFacts Of(Suite suite, Policy policy) => Of(suite) with
    {
        Sizing =
        [
            SuiteSizing.Of(suite, policy, policy.Alpha),
            SuiteSizing.Of(suite, policy, AlphaShares.Of(policy.Alpha, policy.ExpectedCheckpoints, index: 1)),
        ],
    };

    /// <summary>Looks at a suite.</summary>
    public static SuiteFacts Of(Suite suite)
    {
        var sizes = Contracts.Measures.All.Select(measure => new MeasureSize(measure, suite.Prompts.Count(prompt => prompt.Declares(measure)))).ToImmutableArray();
        return new SuiteFacts(
            suite.Header.Name,
            suite.Hash,
            suite.Prompts.Length,
            sizes,
            suite.Prompts.CountBy(prompt => prompt.Category).ToImmutableSortedDictionary(StringComparer.Ordinal),
            suite.Prompts.CountBy(prompt => prompt.Expected).ToImmutableSortedDictionary(),
            suite.Prompts.Count(prompt => prompt.IsCritical),
            [.. Warn(suite, sizes)]);
    }

    private static IEnumerable<string> Warn(Suite suite, ImmutableArray<MeasureSize> sizes)
    {
        var all = suite.Prompts.Count(prompt => prompt.Dimensions.Length == Dimensions.All.Length);
        if (all > 0)
            yield return $"{all} of {suite.Prompts.Length} prompts exercise all eight dimensions, as prompts do that declare none: "
                + "harmless prompts thin out a drop; declare what each is there to show";
        var none = sizes.Where(size => size.Prompts == 0).Select(size => size.Measure.Key()).ToList();
        if (none.Count > 0) yield return $"no prompt for {string.Join(", ", none)}: no verdict will speak of them";
        foreach (var size in sizes.Where(size => size.Prompts is > 0 and < FewPrompts))
        {
            yield return size.Measure.AsDimension() is null && size.Prompts * Policy.DefaultRate < 1
                ? $"{size.Measure.Key()} has {Count(size.Prompts)}: a single one exceeds the default tolerance of 5 %"
                : $"{size.Measure.Key()} has {Count(size.Prompts)}; below {FewPrompts} a few answers decide";
        }
    }

    private static string Count(int prompts) => prompts == 1 ? "1 prompt" : $"{prompts} prompts";
}
