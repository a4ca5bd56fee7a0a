using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>
/// Asks a suite in its pre-committed order, a batch at a time, and looks after each whether enough is known. A batch is whole before the next look, so that
/// which answers come first never matters.
/// </summary>
/// <param name="suite">What is asked.</param>
/// <param name="rule">When to end.</param>
internal sealed class PrefixRun(Suite suite, EarlyStopRule rule)
{
    private const int Smallest = 32;
    private const int MostLooks = 64;

    private readonly Dictionary<string, ResultRow> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScoredResponse> _scores = new(StringComparer.Ordinal);

    /// <summary>Where it ended early; null where the whole suite was asked.</summary>
    public EvaluationStop? Stopped { get; private set; }

    /// <summary>Asks and scores.</summary>
    /// <param name="ask">Answers and scores some prompts.</param>
    /// <param name="manifest">The evaluation with what is known of its scorer.</param>
    public async Task<Evaluated> RunAsync(Func<Suite, Task<Evaluated>> ask, EvaluationManifest manifest)
    {
        var ordered = OrderedSuite.Of(suite);
        var batch = Math.Max(Smallest, ordered.Order.Length / MostLooks);
        for (var read = 0; read < ordered.Order.Length && Stopped is null;)
        {
            var slice = ordered.Order.Slice(read, Math.Min(batch, ordered.Order.Length - read));
            foreach (var row in (await ask(suite with { Prompts = slice })).Rows) (_rows[row.Id], _scores[row.Id]) = (row, ResultRows.ToScores(row));
            read += slice.Length;
            if (read < ordered.Order.Length && rule.Decides(ordered, _scores, read, manifest)) Stopped = rule.Stopped(read, ordered.Order.Length);
        }

        return new Evaluated(
            [.. suite.Prompts.Select(prompt => _rows.GetValueOrDefault(prompt.Id) ?? ResultRows.NotAsked(prompt))],
            Summaries.Of(ordered.Suite.Prompts.Where(prompt => _scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, _scores[prompt.Id]))));
    }

    /// <summary>What ending early has saved, in words; null where it saved nothing.</summary>
    public static string? Saved(EvaluationStop? stopped, Evaluated evaluated)
    {
        if (stopped is null) return null;
        var unread = stopped.Total - stopped.Read;
        var told = evaluated.Rows.Where(row => row.OutputTokens is not null).ToList();
        var tokens = told.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $", about {unread * told.Average(row => (row.PromptTokens ?? 0) + row.OutputTokens!.Value):0} tokens at the mean of those asked");
        return string.Create(CultureInfo.InvariantCulture, $"ended early after {stopped.Read} of {stopped.Total} prompts, at an error rate of {stopped.Alpha:0.######}: saved {unread} prompts{tokens}");
    }
}
