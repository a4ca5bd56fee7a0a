using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Comparisons with what the sequential test read, or with what somebody says that it did.</summary>
internal static class Looks
{
    /// <summary>What the real test reads of a world.</summary>
    public static Comparison Look(this World world, ComparisonFacts facts) => Comparer.Compare(world.Suite, world.Baseline, world.Checkpoint, facts);

    /// <summary>The whole suite, with evidence as given and no interval.</summary>
    public static Comparison Complete(this World world, ComparisonFacts facts, params ReadOnlySpan<MeasureEvidence> evidence) =>
        world.Prefix(world.Suite.Prompts.Length, facts, evidence);

    /// <summary>A prefix, with evidence as given and no interval.</summary>
    public static Comparison Prefix(this World world, int read, ComparisonFacts facts, params ReadOnlySpan<MeasureEvidence> evidence)
    {
        var comparison = Comparer.Compare(world.Suite, world.Baseline, world.Checkpoint, facts with { Resolved = read });
        return comparison with
        {
            Measures = [.. comparison.Measures.Select(measure => measure with { Interval = null })],
            Sequential = new SequentialReading(read, world.Suite.Prompts.Length, facts.Policy.Target, facts.Alpha ?? facts.Policy.Alpha, [.. evidence]),
        };
    }

    /// <summary>Evidence enough to block.</summary>
    public static MeasureEvidence Blocks(Measure measure) => new(measure, 10, 40, Math.Log(166.5), 0, Blocks: true, Passes: false);

    /// <summary>Evidence enough to pass.</summary>
    public static MeasureEvidence Passes(Measure measure) => new(measure, 10, 40, 0, Math.Log(20.5), Blocks: false, Passes: true);

    /// <summary>Evidence for neither.</summary>
    public static MeasureEvidence Open(Measure measure) => new(measure, 10, 40, Math.Log(2.5), Math.Log(3.5), Blocks: false, Passes: false);

    public static Verdict Decide(this Comparison comparison, Policy? policy = null, CheckpointSummary? summary = null) =>
        VerdictRules.Decide(comparison, summary, policy ?? new Policy(), blind: [], failure: null);

    /// <summary>The same suite with the first prompts marked critical.</summary>
    public static World Critical(this World world, int count = int.MaxValue) => world with
    {
        Suite = Make.Suite(world.Suite.Prompts.Select((prompt, index) => index < count ? prompt with { Tags = [SuitePrompt.CriticalTag] } : prompt)),
    };
}
