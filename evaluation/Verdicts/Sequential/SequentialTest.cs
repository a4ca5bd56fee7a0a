using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// What a prefix of the pre-committed order has shown. It is worked out anew over the whole prefix, so it is the same whoever asks, whenever, and
/// after however many looks.
/// </summary>
public static class SequentialTest
{
    /// <summary>
    /// Reads a prefix. A measure blocks where its evidence is enough among all gated measures together, at any prompt of the prefix (Holm's procedure
    /// over evidence, at α shared with other references); it passes where its own is, at α, and all critical prompts are in.
    /// </summary>
    /// <param name="suite">The suite that both were asked, in order.</param>
    /// <param name="baseline">The baseline's scores by prompt id.</param>
    /// <param name="checkpoint">The checkpoint's scores by prompt id; a prompt of the prefix without an entry is missing.</param>
    /// <param name="facts">The policy, the share of α, what the scorer is blind to, and the prefix.</param>
    public static SequentialReading Read(
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts facts) => Read(PrefixUnits.Of(suite, baseline, checkpoint, facts), facts);

    internal static SequentialReading Read(PrefixUnits prefix, ComparisonFacts facts)
    {
        var alpha = facts.Alpha ?? facts.Policy.Alpha;
        var family = prefix.Measures
            .Where(units => units.Declared > 0 && facts.Policy.Gated.Contains(units.Measure) && !IsBlind(units.Measure, facts))
            .Select(units => new MeasureTest(units, prefix.Target, facts.Policy.Tolerance(units.Measure), alpha))
            .ToArray();
        for (var at = 1; at <= prefix.Read; at++)
        {
            var hasMore = false;
            foreach (var test in family) hasMore |= test.Advance(at, mayPass: at >= prefix.Critical);
            if (hasMore) Block(family, alpha / facts.References, at);
        }

        return new SequentialReading(prefix.Read, prefix.Total, prefix.Target, alpha, [.. family.Select(test => test.ToEvidence())]);
    }

    private static bool IsBlind(Measure measure, ComparisonFacts facts) => measure.AsDimension() is { } dimension && facts.Blind.Contains(dimension);

    private static void Block(MeasureTest[] family, double alpha, int at)
    {
        // Nothing less is ever enough.
        if (!Array.Exists(family, test => test.BlockedAt is null && test.Evidence >= 1 / alpha)) return;
        var rejected = EHolm.Reject(Array.ConvertAll(family, test => test.Evidence), alpha);
        for (var index = 0; index < family.Length; index++)
        {
            if (rejected[index]) family[index].BlockedAt ??= at;
        }
    }
}
