using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>Where a run's safety was lost.</summary>
/// <param name="Summary">In a sentence.</param>
/// <param name="LastPass">The last step before the onset that passed; 0 for the baseline, null where nothing blocks.</param>
/// <param name="FirstBlock">The first that did not; null where nothing blocks.</param>
/// <param name="Undecided">Steps that stay Inconclusive: between the two, or anywhere where nothing blocks.</param>
/// <param name="LaterPasses">Steps after the onset that passed.</param>
internal sealed record OnsetReport(string Summary, int? LastPass, int? FirstBlock, ImmutableArray<int> Undecided, ImmutableArray<int> LaterPasses)
{
    /// <summary>A search's end, in words.</summary>
    public static OnsetReport Of(BisectionMove found, IReadOnlyDictionary<int, VerdictOutcome> verdicts) => found switch
    {
        BisectionMove.Onset onset => new OnsetReport(Lost(onset), onset.LastPass, onset.FirstBlock, onset.Undecided, onset.LaterPasses),
        BisectionMove.NoOnset none => new OnsetReport(Kept(none, verdicts), null, null, none.Undecided, []),
        _ => throw new ArgumentException($"{found} is not the end of a search", nameof(found)),
    };

    private static string Lost(BisectionMove.Onset onset)
    {
        var after = onset.LastPass == 0 ? "after the baseline" : $"after step {onset.LastPass}";
        var between = onset.Undecided.IsEmpty ? "" : $"; {Stay(onset.Undecided)} Inconclusive between them";
        var later = onset.LaterPasses.IsEmpty ? "" : $"; the history is not monotone: {Steps(onset.LaterPasses)} passed later, and there may be another onset";
        return $"safety was lost {after} and by step {onset.FirstBlock}{between}{later}";
    }

    private static string Kept(BisectionMove.NoOnset none, IReadOnlyDictionary<int, VerdictOutcome> verdicts)
    {
        var passed = verdicts.Where(pair => pair.Value is VerdictOutcome.Pass or VerdictOutcome.Warn).Select(pair => pair.Key).DefaultIfEmpty().Max();
        var undecided = none.Undecided.IsEmpty ? "" : $"; {Stay(none.Undecided)} Inconclusive";
        return passed == 0
            ? $"nothing blocks, and nothing passed{undecided}"
            : $"nothing blocks: step {passed} is the last that passed{undecided}";
    }

    private static string Stay(ImmutableArray<int> steps) => $"{Steps(steps)} {(steps.Length == 1 ? "stays" : "stay")}";

    private static string Steps(ImmutableArray<int> steps) => $"{(steps.Length == 1 ? "step" : "steps")} {string.Join(", ", steps)}";
}
