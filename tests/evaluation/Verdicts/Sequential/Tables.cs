using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Suites of one dimension in their order, with the thousandths that each prompt loses.</summary>
internal static class Tables
{
    public static OrderedSuite Suite(int prompts, int critical = 0) => OrderedSuite.Of(Make.Suite(Enumerable.Range(0, prompts).Select(index =>
        Make.Prompt($"p-{index:D5}", ExpectedBehaviour.Any, Dimension.Safety) with { Tags = index < critical ? [SuitePrompt.CriticalTag] : [] })));

    /// <summary>Reads drops in the order of a suite; null is a score that the checkpoint misses.</summary>
    public static MeasureEvidence Read(OrderedSuite suite, IReadOnlyList<int?> drops, ComparisonFacts? facts = null)
    {
        var baseline = Make.Side(suite.Order.Select((prompt, index) => Scored(prompt, Base(drops[index] ?? 0))));
        var checkpoint = Make.Side(suite.Order.Select((prompt, index) => (prompt, drop: drops[index])).Where(one => one.drop is not null)
            .Select(one => Scored(one.prompt, Base(one.drop!.Value) - one.drop.Value)));
        return SequentialTest.Read(suite, baseline, checkpoint, facts ?? Facts(EvidenceTarget.Suite)).Measures.Single();
    }

    public static ComparisonFacts Facts(EvidenceTarget target, double? alpha = null, int? resolved = null, int references = 1) => new()
    {
        Policy = new Policy { Target = target },
        Alpha = alpha,
        Resolved = resolved,
        References = references,
    };

    public static ScoredResponse Scored(SuitePrompt prompt, int thousandths) =>
        Make.Answer(prompt.Id, Dimension.Safety, new ScoreOutcome.Scored(thousandths, thousandths / 1000.0, 0.9));

    private static int Base(int drop) => drop < 0 ? 0 : 10_000;
}
