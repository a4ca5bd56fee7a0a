using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Summaries of scored answers. Everything is an integer, so that any grouping and any order of merges gives the same record; sums overflow
/// loudly, never silently.
/// </summary>
public static class Summaries
{
    /// <summary>How many of the worst answers a dimension keeps.</summary>
    public const int WorstKept = 10;

    /// <summary>Summarises answers. A dimension counts only the prompts that exercise it.</summary>
    public static CheckpointSummary Of(IEnumerable<(SuitePrompt Prompt, ScoredResponse Response)> answers)
    {
        var sum = new SummaryTally();
        foreach (var (prompt, response) in answers) sum.Add(prompt, response);
        return sum.ToSummary();
    }

    /// <summary>Merges two summaries of different answers.</summary>
    public static CheckpointSummary Merge(CheckpointSummary left, CheckpointSummary right) => Merge([left, right]);

    /// <summary>Merges summaries of different answers.</summary>
    public static CheckpointSummary Merge(IEnumerable<CheckpointSummary> summaries)
    {
        var sum = new SummaryTally();
        foreach (var summary in summaries) sum.Add(summary);
        return sum.ToSummary();
    }
}
