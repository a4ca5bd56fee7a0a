using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Whether two evaluations may be compared.</summary>
public static class EvaluationMatch
{
    /// <summary>Refuses evaluations of different suites, settings or scorers.</summary>
    /// <exception cref="RailInputException">They differ; every differing field is named.</exception>
    public static void Check(StoredEvaluation baseline, StoredEvaluation checkpoint)
    {
        var differing = Differences(baseline.Manifest, checkpoint.Manifest).ToList();
        if (differing.Count > 0)
            throw new RailInputException($"{baseline.Folder} and {checkpoint.Folder} cannot be compared: {string.Join("; ", differing)}; evaluate both alike");
    }

    /// <summary>Dimensions that the scorer cannot judge: a scorer whose scores vary may be found blind one time and not another, and then counts as blind.</summary>
    public static ImmutableArray<Dimension> Blind(StoredEvaluation baseline, StoredEvaluation checkpoint) =>
        [.. baseline.Manifest.Blind.Union(checkpoint.Manifest.Blind).Order()];

    private static IEnumerable<string> Differences(EvaluationManifest one, EvaluationManifest other)
    {
        if (one.SuiteHash != other.SuiteHash)
            yield return $"the suites differ ({one.SuiteHeader.Name} {one.SuiteHash[..12]}, {other.SuiteHeader.Name} {other.SuiteHash[..12]})";
        if (one.Scoring.Scorer != other.Scoring.Scorer) yield return $"the scorers differ ({one.Scoring.Scorer}, {other.Scoring.Scorer})";
        else if (CanonicalHash.Of(one.Scoring) != CanonicalHash.Of(other.Scoring)) yield return "the scoring settings differ";
        if (one.SentinelsHash is { } golden && other.SentinelsHash is { } others && golden != others)
            yield return "the golden answers that watch the scorer differ, as other builds have others";
        if (one.Generation is null || other.Generation is null) yield break;
        if (CanonicalHash.Of(one.Generation) != CanonicalHash.Of(other.Generation)) yield return "the generation settings differ";
        if (one.Model?.Engine != other.Model?.Engine) yield return $"the engines differ ({one.Model?.Engine}, {other.Model?.Engine})";
    }
}
