using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Prompts of a dimension that fell from good to critical. One critical prompt blocks by itself, once fresh scorings bear it out; of all prompts, a share
/// that is above the limit for certain does.
/// </summary>
/// <param name="Confirmed">Critical prompts that collapsed, as any further scoring would say or as fresh ones said.</param>
/// <param name="Open">Critical prompts that seem to have, and that nobody has scored afresh.</param>
/// <param name="Refuted">Critical prompts of which fresh scorings said otherwise.</param>
/// <param name="Rate">How the share of all prompts stands.</param>
internal sealed record JudgedCollapses(
    ImmutableArray<PairedDrop> Confirmed, ImmutableArray<PairedDrop> Open, ImmutableArray<PairedDrop> Refuted, MeasureStanding Rate)
{
    public static JudgedCollapses Of(JudgedBasis basis, MeasureComparison measure)
    {
        var found = measure.Collapsed.ToLookup(pair => CriticalCollapses.IsConfirmed(basis.Comparison, measure.Measure, pair.PromptId));
        return new JudgedCollapses([.. found[true]], [.. found[null]], [.. found[false]], RateOf(basis, measure));
    }

    // An interval does not hold at every look, so that it blocks over a whole suite only; on the way a share above the limit is no Pass yet. What is
    // missing is no collapse against a Block, and one against a Pass.
    private static MeasureStanding RateOf(JudgedBasis basis, MeasureComparison measure)
    {
        if (measure.Collapses is not { } collapses || measure.Read == 0) return MeasureStanding.Pass;
        var (count, limit) = (collapses.Count, basis.Policy.CollapseLimit);
        if (basis.IsPartial) return count > (decimal)limit * measure.Read ? MeasureStanding.Undecided : MeasureStanding.Pass;
        var most = Math.Min(measure.Read, count + measure.Missing.Any);
        return ClopperPearson.Of(count, measure.Read).Low > limit ? MeasureStanding.Block
            : ClopperPearson.Of(most, measure.Read).Low > limit ? MeasureStanding.Undecided
            : MeasureStanding.Pass;
    }
}
