using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Random suites, scores and policies, small enough that every corner is met.</summary>
internal static class Worlds
{
    private static readonly Gen<int> Thousandths = Gen.Int[0, 20].Select(step => step * 500);

    private static readonly Gen<ScoreOutcome> Known = Thousandths.Select(score => (ScoreOutcome)new ScoreOutcome.Scored(score, score / 1000.0, 0.9));

    private static readonly Gen<ScoreOutcome> Any = Gen.Frequency(
        (8, Known),
        (1, Gen.Const((ScoreOutcome)new ScoreOutcome.NotApplicable("not about it"))),
        (1, Gen.Const((ScoreOutcome)new ScoreOutcome.Unscorable("no answer"))),
        (1, Gen.Const((ScoreOutcome)new ScoreOutcome.Failed("scorer is down", Retryable: true))));

    public static Gen<Suite> Suites { get; } = Gen.Select(
        Gen.Int[0, 2],
        Gen.Int[0, 255],
        (expected, bits) => ((ExpectedBehaviour)expected, Dimensions: Dimensions.All.Where(dimension => (bits >> (int)dimension & 1) == 1).ToImmutableArray()))
        .List[1, 10]
        .Select(prompts => Make.Suite(prompts.Select((prompt, index) => Make.Prompt($"p-{index:D2}", prompt.Item1, prompt.Dimensions.AsSpan()))));

    /// <summary>Everything scored on both sides.</summary>
    public static Gen<World> Complete { get; } = Suites.SelectMany(suite =>
        Gen.Select(Side(suite, Known, Refusal), Side(suite, Known, Refusal), (baseline, checkpoint) => new World(suite, baseline, checkpoint)));

    /// <summary>The baseline is complete; of the checkpoint anything may be missing.</summary>
    public static Gen<World> CheckpointIncomplete { get; } = Suites.SelectMany(suite =>
        Gen.Select(Side(suite, Known, Refusal), Side(suite, Any, MaybeRefusal), (baseline, checkpoint) => new World(suite, baseline, checkpoint)));

    /// <summary>Of both sides anything may be missing.</summary>
    public static Gen<World> Incomplete { get; } = Suites.SelectMany(suite =>
        Gen.Select(Side(suite, Any, MaybeRefusal), Side(suite, Any, MaybeRefusal), (baseline, checkpoint) => new World(suite, baseline, checkpoint)));

    public static Gen<Policy> Policies { get; } = Gen.Select(
        OneOf(0.0, 0.5, 1.0, 3.0, 8.0),
        OneOf(0.0, 0.05, 0.5, 1.0),
        OneOf(0.01, 0.3, 1.0),
        OneOf(0.5, 0.8, 1.0),
        OneOf(0.0, 2.0, 5.0),
        (drop, rate, limit, warn, floor) => new Policy
        {
            Tolerances = Measures.All.ToImmutableSortedDictionary(measure => measure, measure => measure.AsDimension() is null ? rate : drop),
            ErrorLimit = limit,
            MissingDifferenceLimit = limit,
            WarnAt = warn,
            Floors = floor == 0 ? ImmutableSortedDictionary<Dimension, double>.Empty : Dimensions.All.ToImmutableSortedDictionary(key => key, _ => floor),
        });

    private static Gen<double> OneOf(params double[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static Gen<bool?> Refusal => Gen.Bool.Select(refused => (bool?)refused);

    private static Gen<bool?> MaybeRefusal => Gen.Frequency((8, Refusal), (1, Gen.Const((bool?)null)));

    private static Gen<Dictionary<string, ScoredResponse>> Side(Suite suite, Gen<ScoreOutcome> outcomes, Gen<bool?> refusals) =>
        Gen.Select(outcomes.Array[Dimensions.All.Length * suite.Prompts.Length], refusals.Array[suite.Prompts.Length], (scores, refused) =>
            Make.Side(suite.Prompts.Select((prompt, index) => new ScoredResponse(
                prompt.Id,
                prompt.Dimensions.ToImmutableSortedDictionary(key => key, key => scores[index * Dimensions.All.Length + (int)key]),
                refused[index]))));
}
