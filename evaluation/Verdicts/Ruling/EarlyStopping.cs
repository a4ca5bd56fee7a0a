using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Whether a checkpoint may be judged before its whole suite is answered.</summary>
public static class EarlyStopping
{
    /// <summary>
    /// Whether to stop now. A Block is sure where the table says Block; a Pass, where the policy stops on one, where every gated measure and floor stands, no
    /// more is missing than may be, and no collapse waits to be confirmed. Whatever makes a verdict Inconclusive, goes on.
    /// </summary>
    /// <param name="comparison">Checkpoint against baseline over a prefix of the order, its <see cref="Comparison.Sequential"/> read.</param>
    /// <param name="checkpoint">The checkpoint's statistics over that prefix, for floors.</param>
    /// <param name="policy">What is tolerated, and on what to stop.</param>
    /// <param name="blind">Dimensions that the scorer cannot judge.</param>
    /// <returns>False as well where the policy never stops, and where the whole suite is read and there is nothing to stop.</returns>
    public static bool Decides(Comparison comparison, CheckpointSummary? checkpoint, Policy policy, IReadOnlyCollection<Dimension> blind) =>
        policy.EarlyStop != EarlyStop.None && Decides(comparison, VerdictRules.Decide(comparison, checkpoint, policy, blind, failure: null), policy);

    /// <summary>The same, of a verdict that was drawn on that comparison already.</summary>
    public static bool Decides(Comparison comparison, Verdict verdict, Policy policy) => IsPartial(comparison) && verdict.Outcome switch
    {
        VerdictOutcome.Block => policy.EarlyStop != EarlyStop.None,
        VerdictOutcome.Pass or VerdictOutcome.Warn => policy.EarlyStop == EarlyStop.Both,
        _ => false,
    };

    /// <summary>
    /// Whether a longer prefix is worth a look. Evidence that was enough once stays enough, so that looking at every twentieth part more costs at most as much
    /// again, and a suite of any length is looked at a few hundred times.
    /// </summary>
    /// <param name="before">Prompts read before.</param>
    /// <param name="now">Prompts read now.</param>
    public static bool IsDue(int before, int now) => now > before && (before == 0 || Looks(now) > Looks(before));

    private static int Looks(int read) => (int)Math.Floor(Math.Log(read) / Math.Log(1.05));

    private static bool IsPartial(Comparison comparison) =>
        comparison.Sequential is { IsComplete: false } || comparison.Anchor?.Sequential is { IsComplete: false };
}
