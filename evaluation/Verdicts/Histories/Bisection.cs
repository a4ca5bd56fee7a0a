using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What a search for the onset does next, or what it found.</summary>
public abstract record BisectionMove
{
    private BisectionMove()
    {
    }

    /// <summary>Evaluate a saved checkpoint.</summary>
    public sealed record Probe(int Step) : BisectionMove;

    /// <summary>Complete a step that was Inconclusive: what failed is tried again, what was not asked is asked.</summary>
    public sealed record Complete(int Step) : BisectionMove;

    /// <summary>Safety was lost after one step and by another; no saved checkpoint lies between them that could be judged.</summary>
    /// <param name="LastPass">The last step before it that passed; 0 is the baseline.</param>
    /// <param name="FirstBlock">The first that did not.</param>
    /// <param name="Undecided">Steps between them that stay Inconclusive.</param>
    /// <param name="LaterPasses">Steps after it that passed: the history is not monotone, and there may be another onset.</param>
    public sealed record Onset(int LastPass, int FirstBlock, ImmutableArray<int> Undecided, ImmutableArray<int> LaterPasses) : BisectionMove;

    /// <summary>No step that is known blocks, and the last one that can be judged does not.</summary>
    /// <param name="Undecided">Steps that stay Inconclusive.</param>
    public sealed record NoOnset(ImmutableArray<int> Undecided) : BisectionMove;
}

/// <summary>
/// Looks for the step from which a run's checkpoints block, with as few evaluations as halving takes. Verdicts that are there count, whoever asked for
/// them. A Warn counts as a Pass: it is within tolerance.
/// </summary>
public static class Bisection
{
    private const int BaselineStep = 0;

    /// <summary>The onset among the verdicts that are there, with nothing more to evaluate: <see cref="BisectionMove.Onset"/> or <see cref="BisectionMove.NoOnset"/>.</summary>
    public static BisectionMove Known(IReadOnlyDictionary<int, VerdictOutcome> verdicts) => Next(verdicts, [], verdicts.Keys.ToHashSet());

    /// <summary>The next move.</summary>
    /// <param name="verdicts">What is known, by step.</param>
    /// <param name="saved">Steps whose checkpoints can still be evaluated.</param>
    /// <param name="completed">Steps that were completed already, and are Inconclusive nevertheless.</param>
    public static BisectionMove Next(
        IReadOnlyDictionary<int, VerdictOutcome> verdicts, IEnumerable<int> saved, IReadOnlySet<int> completed)
    {
        var steps = saved.Concat(verdicts.Keys).Where(step => step > BaselineStep).Distinct().Order().ToImmutableArray();
        var undecided = steps.Where(step => verdicts.TryGetValue(step, out var outcome) && outcome == VerdictOutcome.Inconclusive && completed.Contains(step)).ToImmutableArray();
        var open = steps.RemoveAll(step => verdicts.TryGetValue(step, out var outcome) && (outcome != VerdictOutcome.Inconclusive || completed.Contains(step)));
        var blocks = steps.Where(step => verdicts.GetValueOrDefault(step) == VerdictOutcome.Block && verdicts.ContainsKey(step)).ToImmutableArray();
        // Without a Block there is nothing to halve: where the last checkpoint that can be judged does not block, none is sought before it.
        if (blocks.IsEmpty) return steps.Except(undecided).LastOrDefault() is var latest && open.Contains(latest) ? Ask(latest, verdicts) : new BisectionMove.NoOnset(undecided);
        var passes = steps.Where(step => verdicts.TryGetValue(step, out var outcome) && outcome is VerdictOutcome.Pass or VerdictOutcome.Warn).ToImmutableArray();
        var first = blocks[0];
        var last = passes.Where(step => step < first).Append(BaselineStep).Max();
        var between = open.RemoveAll(step => step <= last || step >= first);
        return between.IsEmpty
            ? new BisectionMove.Onset(last, first, undecided.RemoveAll(step => step <= last || step >= first), passes.RemoveAll(step => step < first))
            : Ask(between[between.Length / 2], verdicts);
    }

    private static BisectionMove Ask(int step, IReadOnlyDictionary<int, VerdictOutcome> verdicts) =>
        verdicts.ContainsKey(step) ? new BisectionMove.Complete(step) : new BisectionMove.Probe(step);
}
