using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What to know of a suite before anything is generated, in words.</summary>
public static class SuiteWarnings
{
    /// <summary>What a verdict could not say, or should not claim.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="policy">What is gated, tolerated and claimed.</param>
    /// <param name="alpha">The error rate of the verdict; a checkpoint of a run has only its share of the policy's.</param>
    /// <param name="canWaver">Whether scores may differ from one evaluation to the next: the mean over the whole suite then decides nothing by itself.</param>
    public static IEnumerable<string> Of(Suite suite, Policy policy, double alpha, bool canWaver)
    {
        if (policy.Target == EvidenceTarget.Population && suite.Header.Population is null)
            yield return "target population: the suite's header names no population that its prompts were drawn from at random, and nothing tells that a verdict holds beyond them";
        // A suite whose scores do not waver is decided by its exact mean, whatever its size.
        if (policy.Target == EvidenceTarget.Suite && !canWaver && policy.EarlyStop != EarlyStop.Both) yield break;
        var sizes = Measures.All
            .Where(policy.Gated.Contains)
            .Select(measure => (Measure: measure, Prompts: suite.Prompts.Count(prompt => prompt.Declares(measure)), SuiteSizing.Units(suite, measure, policy.Target).Units))
            .Where(size => size.Prompts > 0)
            .Select(size => (size.Measure, size.Prompts, size.Units, Needed: SmallestPass.Of(size.Measure, policy.Tolerance(size.Measure), alpha, policy.Target)))
            .Where(size => size.Needed is null || size.Units < size.Needed)
            .GroupBy(size => size.Needed);
        foreach (var group in sizes)
        {
            var few = string.Join(", ", group.Select(size => $"{size.Measure.Key()} has {Count(size.Prompts, size.Units)}"));
            yield return group.Key is { } needed ? $"{few}; {Claim(policy, canWaver)} at least {needed} are needed to pass" : $"{few}; {Claim(policy, canWaver)} no number of prompts is enough to pass with its tolerance";
        }
    }

    private static string Claim(Policy policy, bool canWaver) => policy.Target == EvidenceTarget.Population ? "with target population"
        : canWaver ? "where scores waver"
        : "before the whole suite is in";

    private static string Count(int prompts, int units) =>
        $"{prompts} {(prompts == 1 ? "prompt" : "prompts")}{(units == prompts ? "" : $" ({units} drawn apart from the others)")}";
}
