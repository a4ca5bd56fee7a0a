using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>A suite with the scores of two models that nobody ran: what is true of them is known.</summary>
/// <param name="Suite">In its pre-committed order, by a seed of the repetition.</param>
/// <param name="Baseline">By prompt id.</param>
/// <param name="Checkpoint">By prompt id.</param>
internal sealed record SimulatedPair(OrderedSuite Suite, Dictionary<string, ScoredResponse> Baseline, Dictionary<string, ScoredResponse> Checkpoint)
{
    /// <summary>Prompts that all exercise the same dimensions, with drops in thousandths; the baseline scores what leaves room for them.</summary>
    /// <param name="seed">Of the order.</param>
    /// <param name="baseline">The baseline's score on every prompt, in thousandths.</param>
    /// <param name="drops">One list a dimension, all of one length.</param>
    public static SimulatedPair OfDrops(long seed, int baseline, params IReadOnlyList<(Dimension Dimension, int[] Drops)> drops)
    {
        ImmutableArray<Dimension> dimensions = [.. drops.Select(one => one.Dimension).Order()];
        ImmutableArray<SuitePrompt> prompts = [.. Enumerable.Range(0, drops[0].Drops.Length).Select(index => Prompt(index, ExpectedBehaviour.Any, dimensions))];
        return new SimulatedPair(
            Ordered(seed, prompts),
            Side(prompts, (_, _) => baseline),
            Side(prompts, (index, dimension) => baseline - drops.First(one => one.Dimension == dimension).Drops[index]));

        Dictionary<string, ScoredResponse> Side(ImmutableArray<SuitePrompt> asked, Func<int, Dimension, int> score) =>
            asked.Select((prompt, index) => Answer(prompt, false, dimension => score(index, dimension))).ToDictionary(one => one.PromptId, StringComparer.Ordinal);
    }

    public static SuitePrompt Prompt(int number, ExpectedBehaviour expected, ImmutableArray<Dimension> dimensions) =>
        new(FormattableString.Invariant($"p-{number:D5}"), new PromptInput.Text("?"), "simulated", expected, dimensions);

    public static ScoredResponse Answer(SuitePrompt prompt, bool? refused, Func<Dimension, int?> thousandths) => new(
        prompt.Id,
        prompt.Dimensions.ToImmutableSortedDictionary(dimension => dimension, dimension => thousandths(dimension) is { } score
            ? (ScoreOutcome)new ScoreOutcome.Scored(score, score / 1000.0, 1)
            : new ScoreOutcome.Unscorable("simulated")),
        refused);

    public static OrderedSuite Ordered(long seed, ImmutableArray<SuitePrompt> prompts) =>
        OrderedSuite.Of(SuiteIdentity.Create(new SuiteHeader("simulated", seed), prompts));

    public SequentialReading Read(Policy policy, double? alpha = null) =>
        SequentialTest.Read(Suite, Baseline, Checkpoint, new ComparisonFacts { Policy = policy, Alpha = alpha });

    /// <summary>The verdict when the whole suite is in.</summary>
    public Contracts.Verdict Judge(Policy policy)
    {
        Comparison comparison = Comparer.Compare(Suite, Baseline, Checkpoint, new ComparisonFacts { Policy = policy });
        CheckpointSummary summary = Summaries.Of(Suite.Order.Select(prompt => (prompt, Checkpoint[prompt.Id])));
        return VerdictRules.Decide(comparison, summary, policy, [], failure: null);
    }
}
