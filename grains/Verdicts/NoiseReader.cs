using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>Reads how much the baseline's means waver, from the sealed scores of its repetitions.</summary>
public sealed class NoiseReader(SideReader sides)
{
    /// <summary>What is known of it; nothing where nobody asked.</summary>
    public async Task<ComparisonFacts> ReadAsync(OrderedSuite suite, RunState run, SideScores before, CancellationToken cancellationToken)
    {
        if (run.Spec!.Repeats <= 1) return ComparisonFacts.None;
        // Nothing to repeat: the same answers and the same scores would come again.
        if (run.Repetitions.IsEmpty) return ComparisonFacts.None with { Noise = NoiseFloor.None(suite.Suite) };
        if (run.Repetitions.Values.FirstOrDefault(one => one.HasFailed) is { } failed)
            return ComparisonFacts.None with { NoiseUnknown = $"repetition {failed.Repetition} of the baseline failed: {Reason(failed)}" };
        var evaluations = new List<IReadOnlyDictionary<string, ScoredResponse>> { before.Responses };
        foreach (var repetition in run.Repetitions.Values)
            evaluations.Add((await sides.ScoresAsync(suite, repetition, cancellationToken: cancellationToken)).Responses);
        var noise = NoiseFloor.Of(suite.Suite, evaluations);
        return noise.IsEmpty
            ? ComparisonFacts.None with { NoiseUnknown = "too few prompts of the baseline were scored twice" }
            : ComparisonFacts.None with { Noise = noise };
    }

    private static string Reason(RunStep failed) => (failed.Failure ?? failed.FailedShards.Values.First()).Reason;
}
