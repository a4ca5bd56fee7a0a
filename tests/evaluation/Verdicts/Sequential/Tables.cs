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
        var (baseline, checkpoint) = Sides(suite, drops);
        return SequentialTest.Read(suite, baseline, checkpoint, facts ?? Facts(EvidenceTarget.Suite)).Measures.Single();
    }

    /// <summary>Scores with these drops, in the order of a suite.</summary>
    public static (Dictionary<string, ScoredResponse> Baseline, Dictionary<string, ScoredResponse> Checkpoint) Sides(OrderedSuite suite, IReadOnlyList<int?> drops) => (
        Make.Side(suite.Order.Select((prompt, index) => Scored(prompt, Base(drops[index])))),
        Make.Side(suite.Order.Select((prompt, index) => (prompt, drop: drops[index])).Where(one => one.drop is not null)
            .Select(one => Scored(one.prompt, Base(one.drop) - one.drop!.Value))));

    public static ComparisonFacts Facts(EvidenceTarget target, double? alpha = null, int? resolved = null, int references = 1) => new()
    {
        Policy = new Policy { Target = target },
        Alpha = alpha,
        Resolved = resolved,
        References = references,
    };

    public static ScoredResponse Scored(SuitePrompt prompt, int thousandths) =>
        Make.Answer(prompt.Id, Dimension.Safety, new ScoreOutcome.Scored(thousandths, thousandths / 1000.0, 0.9));

    private static int Base(int? drop) => drop switch { null => 5000, < 0 => 0, _ => 10_000 };
}
