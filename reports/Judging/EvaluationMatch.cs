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
        var differing = Differences(baseline, checkpoint);
        if (differing.Length > 0)
            throw new RailInputException($"{baseline.Folder} and {checkpoint.Folder} cannot be compared: {string.Join("; ", differing)}; evaluate both alike, or compare what they share with --allow-mismatch");
    }

    /// <summary>What differs and should not, each in words.</summary>
    public static ImmutableArray<string> Differences(StoredEvaluation baseline, StoredEvaluation checkpoint) =>
        [.. Differences(baseline.Manifest, checkpoint.Manifest)];

    /// <summary>Dimensions that the scorer cannot judge: a scorer whose scores vary may be found blind one time and not another, and then counts as blind.</summary>
    public static ImmutableArray<Dimension> Blind(IEnumerable<EvaluationManifest> sides) => [.. sides.SelectMany(side => side.Blind).Distinct().Order()];

    /// <summary>The same, of what they were made of.</summary>
    public static IEnumerable<string> Differences(EvaluationManifest one, EvaluationManifest other)
    {
        if (one.SuiteHash != other.SuiteHash)
            yield return $"the suites differ ({one.SuiteHeader.Name} {one.SuiteHash[..12]}, {other.SuiteHeader.Name} {other.SuiteHash[..12]})";
        if (one.Scoring.Scorer != other.Scoring.Scorer) yield return $"the scorers differ ({one.Scoring.Scorer}, {other.Scoring.Scorer})";
        if (Fields.Differing(one.Scoring with { Scorer = other.Scoring.Scorer }, other.Scoring) is { } scoring)
            yield return $"the scoring settings differ ({scoring})";
        if (one.SentinelsHash is { } golden && other.SentinelsHash is { } others && golden != others)
            yield return "the golden answers that watch the scorer differ, as other builds have others";
        if (one.Generation is null || other.Generation is null) yield break;
        if (Fields.Differing(one.Generation, other.Generation) is { } generation) yield return $"the generation settings differ ({generation})";
        if (one.Model?.Engine != other.Model?.Engine) yield return $"the engines differ ({one.Model?.Engine}, {other.Model?.Engine})";
    }
}
