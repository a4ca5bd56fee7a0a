using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>When an evaluation against a stored baseline has shown enough: at any prompt of the suite's order, and after however many looks.</summary>
/// <param name="Baseline">The whole baseline.</param>
/// <param name="Policy">What is tolerated.</param>
/// <param name="On">Which surety ends it.</param>
/// <param name="Alpha">The error rate that this checkpoint may spend.</param>
public sealed record EarlyStopRule(StoredEvaluation Baseline, Policy Policy, EarlyStop On, double Alpha)
{
    /// <summary>Refuses an evaluation that the baseline cannot be compared with, before anything is asked.</summary>
    /// <param name="manifest">The evaluation, as far as it is known.</param>
    /// <exception cref="RailInputException">They differ, or the baseline is not whole.</exception>
    public void Check(EvaluationManifest manifest)
    {
        var differing = EvaluationMatch.Differences(Baseline.Manifest, manifest).ToList();
        if (differing.Count > 0) throw new RailInputException($"--baseline {Baseline.Folder}: cannot be compared with this evaluation: {string.Join("; ", differing)}; evaluate both alike");
        if (Baseline.Manifest.Failure is { } failure) throw new RailInputException($"--baseline {Baseline.Folder}: has no results: {failure.Reason}");
        if (Baseline.Manifest.Stopped is { } stopped)
            throw new RailInputException($"--baseline {Baseline.Folder}: rests on {stopped.Read} of {stopped.Total} prompts, and a baseline is the whole suite; evaluate it without --early-stop");
    }

    /// <summary>Whether a prefix is enough.</summary>
    /// <param name="suite">The suite in order.</param>
    /// <param name="scores">The scores of the prefix by prompt id.</param>
    /// <param name="read">Prompts of the prefix.</param>
    /// <param name="manifest">The evaluation, with what its scorer is blind to and how it stood.</param>
    public bool Decides(OrderedSuite suite, IReadOnlyDictionary<string, ScoredResponse> scores, int read, EvaluationManifest manifest)
    {
        var blind = EvaluationMatch.Blind([Baseline.Manifest, manifest]);
        var facts = EvaluationJudgement.Facts(Baseline.Manifest, manifest, Policy, blind) with { Alpha = Alpha, Resolved = read };
        var comparison = Comparer.Compare(suite, Baseline.Scores(), scores, facts);
        var summary = Summaries.Of(suite.Order[..read].Where(prompt => scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, scores[prompt.Id])));
        return EarlyStopping.Decides(comparison, summary, Policy with { EarlyStop = On }, blind);
    }

    /// <summary>What a manifest says of it.</summary>
    /// <param name="read">Prompts that were asked.</param>
    /// <param name="total">Prompts in the suite.</param>
    public EvaluationStop Stopped(int read, int total) => new(read, total, On, Alpha, PolicyFile.Hash(Policy), Baseline.Manifest.ResultsHash);
}
