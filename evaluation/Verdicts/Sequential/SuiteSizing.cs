using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What the evidence over a suite can show of one measure.</summary>
/// <param name="Units">Its prompts; for a population its groups, and its prompts that are in none, without critical ones.</param>
/// <param name="SmallestToPass">The fewest units with which identical answers pass by evidence; null where none are enough.</param>
/// <param name="Detectable">
/// The drop that blocks in nine of ten suites of this size, in points or as a share, where the drops of a dimension have a standard deviation of two
/// points and no other measure fell. No more than the first 1,000 units are tried, so with more it is at most this. Null for none.
/// </param>
public sealed record TargetSizing(int Units, int? SmallestToPass, double? Detectable);

/// <summary>What a suite can show of one measure, for both targets.</summary>
public sealed record MeasureSizing(Measure Measure, TargetSizing Suite, TargetSizing Population);

/// <summary>
/// How far a suite reaches before it is used. It is about evidence: where scores are repeatable and the whole suite is in, its exact mean decides
/// about the suite, whatever its size.
/// </summary>
/// <param name="Alpha">The error rate of the verdict.</param>
/// <param name="Measures">Those that have prompts, in order.</param>
public sealed record SuiteSizing(double Alpha, ImmutableArray<MeasureSizing> Measures)
{
    /// <summary>Sizes a suite. The same suite, policy and rate give the same sizes.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="policy">Its tolerances, and the measures that share the error rate.</param>
    /// <param name="alpha">The error rate of the verdict; a checkpoint of a run has only its share of the policy's.</param>
    public static SuiteSizing Of(Suite suite, Policy policy, double alpha)
    {
        var measures = Contracts.Measures.All.Where(measure => suite.Prompts.Any(prompt => prompt.Declares(measure))).ToList();
        var family = Math.Max(1, measures.Count(policy.Gated.Contains));
        var known = new Dictionary<object, TargetSizing>();
        return new SuiteSizing(alpha, [.. measures.Select(measure => new MeasureSizing(measure, Size(measure, EvidenceTarget.Suite), Size(measure, EvidenceTarget.Population)))]);

        // Measures of one kind, size and tolerance are tried once.
        TargetSizing Size(Measure measure, EvidenceTarget target)
        {
            var (units, critical) = Units(suite, measure, target);
            var scale = MeasureScale.Of(measure);
            var key = (units, critical, scale, policy.Tolerance(measure), target);
            if (known.TryGetValue(key, out var size)) return size;
            return known[key] = new TargetSizing(
                units,
                SmallestPass.Of(measure, policy.Tolerance(measure), alpha, target),
                new DetectableDrop(measure, policy.Tolerance(measure), alpha / family, target).Of(units, critical));
        }
    }

    /// <summary>The units of a measure, and how many of them are critical.</summary>
    internal static (int Units, int Critical) Units(Suite suite, Measure measure, EvidenceTarget target)
    {
        var prompts = suite.Prompts.Where(prompt => prompt.Declares(measure)).ToList();
        if (target == EvidenceTarget.Suite) return (prompts.Count, prompts.Count(prompt => prompt.IsCritical));
        var drawn = prompts.Where(prompt => !prompt.IsCritical).ToList();
        var grouped = drawn.Where(prompt => prompt.Group is not null).Select(prompt => prompt.Group!).ToList();
        return (drawn.Count - grouped.Count + grouped.Distinct(StringComparer.Ordinal).Count(), 0);
    }
}
