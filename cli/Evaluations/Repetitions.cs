using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>How much the means waver, or why nobody knows.</summary>
internal sealed record MeasuredNoise(ImmutableSortedDictionary<Measure, double> Values, string? Unknown = null)
{
    /// <summary>Where nobody asked.</summary>
    public static MeasuredNoise NotAsked { get; } = new(ImmutableSortedDictionary<Measure, double>.Empty);

    public EvaluationManifest Fill(EvaluationManifest manifest) => manifest with { Noise = Values, NoiseUnknown = Unknown };
}

/// <summary>Evaluates again what may come out otherwise.</summary>
/// <param name="suite">What is asked.</param>
/// <param name="evaluator">Scores.</param>
/// <param name="times">Evaluations in all; 1 for no repetition.</param>
/// <param name="canWaver">Whether another one could give other scores at all.</param>
internal sealed class Repetitions(Suite suite, Evaluator evaluator, int times, bool canWaver)
{
    /// <summary>How often answers are scored.</summary>
    public int Scorings => canWaver ? times : 1;

    /// <summary>Evaluates again, and says how much the means waver.</summary>
    /// <param name="first">The evaluation that counts.</param>
    /// <param name="answers">The answers of a repetition, counted from 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<MeasuredNoise> MeasureAsync(
        Evaluated first, Func<int, Task<ImmutableArray<Response>>> answers, CancellationToken cancellationToken)
    {
        if (times == 1) return MeasuredNoise.NotAsked;
        if (!canWaver) return new MeasuredNoise(NoiseFloor.None(suite));
        var evaluations = new List<IReadOnlyDictionary<string, ScoredResponse>> { Scores(first) };
        for (var repetition = 1; repetition < times; repetition++)
        {
            var again = await evaluator.ScoreAsync(await answers(repetition), cancellationToken, repetition);
            if (again.Failed == suite.Prompts.Length)
                return MeasuredNoise.NotAsked with { Unknown = $"repetition {repetition} failed: {again.FirstFailure}" };
            evaluations.Add(Scores(again));
        }

        var noise = NoiseFloor.Of(suite, evaluations);
        return noise.IsEmpty ? MeasuredNoise.NotAsked with { Unknown = "too few prompts were scored twice" } : new MeasuredNoise(noise);
    }

    private static Dictionary<string, ScoredResponse> Scores(Evaluated evaluated) =>
        evaluated.Rows.ToDictionary(row => row.Id, ResultRows.ToScores, StringComparer.Ordinal);
}
