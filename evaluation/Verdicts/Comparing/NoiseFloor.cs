using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// How much the mean of a model that did not change wavers: its answers are generated and scored several times. The variance is taken within each
/// prompt, pooled over the prompts, and divided by their number. K evaluations of N prompts give N(K − 1) degrees of freedom so; the spread of the
/// K means alone would give K − 1, and with two or three evaluations any result.
/// </summary>
public static class NoiseFloor
{
    private const double Thousand = 1000;

    /// <summary>
    /// The standard deviation of each measure's mean over its declared prompts, in points or as a share. A measure is left out where fewer than half
    /// of its prompts were scored twice.
    /// </summary>
    /// <param name="suite">What was asked.</param>
    /// <param name="evaluations">Two or more evaluations of one model, scores by prompt id; what other scorers than the first's scored is passed over.</param>
    public static ImmutableSortedDictionary<Measure, double> Of(
        Suite suite, IReadOnlyList<IReadOnlyDictionary<string, ScoredResponse>> evaluations)
    {
        var noise = ImmutableSortedDictionary.CreateBuilder<Measure, double>();
        foreach (var measure in Measures.All)
        {
            var declared = suite.Prompts.Where(prompt => prompt.Declares(measure)).ToList();
            var pool = new WithinPrompts();
            foreach (var prompt in declared) pool.Add(Values(measure, prompt.Id, evaluations));
            if (declared.Count > 0 && 2 * pool.Prompts >= declared.Count) noise.Add(measure, Math.Sqrt(pool.Variance / declared.Count) / Thousand);
        }

        return noise.ToImmutable();
    }

    /// <summary>Of a baseline whose answers and scores can only be the same again: nothing, on every measure that has prompts.</summary>
    public static ImmutableSortedDictionary<Measure, double> None(Suite suite) => Measures.All
        .Where(measure => suite.Prompts.Any(prompt => prompt.Declares(measure)))
        .ToImmutableSortedDictionary(measure => measure, _ => 0.0);

    /// <summary>Whether another evaluation could give other scores at all.</summary>
    /// <param name="generation">How answers are generated.</param>
    /// <param name="scorer">Who scores.</param>
    public static bool CanWaver(GenerationSettings generation, ScorerTraits scorer) => generation.Temperature > 0 || scorer.IsRemote;

    private static List<int> Values(Measure measure, string id, IReadOnlyList<IReadOnlyDictionary<string, ScoredResponse>> evaluations)
    {
        var responses = evaluations.Select(evaluation => evaluation.GetValueOrDefault(id)).OfType<ScoredResponse>().ToList();
        var same = measure.AsDimension() is null ? responses : WithinPrompts.OfOneScorer(responses);
        return [.. same.Select(response => ScorePair.Value(measure, response)).OfType<int>()];
    }
}
