using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One fresh scoring of an answer, or why there is none.</summary>
internal sealed record FreshScore(ScoredResponse? Scored, string? Reason)
{
    /// <summary>Its score on a dimension; null where it has none.</summary>
    public int? Thousandths(Dimension dimension) => (Scored?.Scores.GetValueOrDefault(dimension) as ScoreOutcome.Scored)?.Thousandths;

    /// <summary>Why it has no score on a dimension.</summary>
    public string Why(Dimension dimension) => Reason ?? Scored?.Scores.GetValueOrDefault(dimension) switch
    {
        ScoreOutcome.Failed failed => failed.Error,
        ScoreOutcome.Unscorable none => none.Reason,
        ScoreOutcome.NotApplicable none => none.Reason,
        _ => $"the scorer gave no score on {dimension.Key()}",
    };
}

/// <summary>All fresh scorings of both answers to one prompt: the baseline's, then the checkpoint's.</summary>
internal sealed class FreshScores
{
    public FreshScore[] Found { get; } = new FreshScore[2 * CollapseConfirmation.Scorings];

    /// <summary>What they say of a collapse: every one has to be a number, and all by one scorer.</summary>
    public CollapseConfirmation Confirm(CriticalCollapse collapse, Func<string, CollapseConfirmation> unknown)
    {
        var dimension = collapse.Dimension;
        var index = Array.FindIndex(Found, one => one.Thousandths(dimension) is null);
        if (index >= 0) return unknown($"the {(index < CollapseConfirmation.Scorings ? "baseline" : "checkpoint")}'s answer: {Found[index].Why(dimension)}");
        var scorers = Found.Select(one => one.Scored!.Scorer).OfType<ScorerIdentity>().Distinct().ToList();
        if (scorers.Count > 1) return unknown($"{string.Join(" and ", scorers)} scored it afresh, and two scorers give no drop");
        ImmutableArray<int> scores = [.. Found.Select(one => one.Thousandths(dimension)!.Value)];
        return new CollapseConfirmation(collapse.PromptId, dimension, scores[..CollapseConfirmation.Scorings], scores[CollapseConfirmation.Scorings..]);
    }
}
