using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>How the scorer of two evaluations stood while each was made.</summary>
public static class SentinelReadings
{
    /// <summary>
    /// Reads the scores of both on one reference. Evaluations that were made in two places count from references of their own, and by those alone a
    /// scorer that moved between them would seem to have stood still.
    /// </summary>
    public static (ImmutableArray<SentinelReading> Baseline, ImmutableArray<SentinelReading> Checkpoint) Of(
        EvaluationManifest baseline, EvaluationManifest checkpoint)
    {
        var reference = baseline.SentinelScores.Concat(checkpoint.SentinelScores).MaxBy(scores => scores.Thousandths.Count);
        return reference is null
            ? (baseline.Sentinels, checkpoint.Sentinels)
            : (Read(baseline, reference), Read(checkpoint, reference));
    }

    private static ImmutableArray<SentinelReading> Read(EvaluationManifest side, SentinelScores reference) =>
        [.. side.SentinelScores.Select(scores => SentinelReader.Compare(scores, reference))];
}
