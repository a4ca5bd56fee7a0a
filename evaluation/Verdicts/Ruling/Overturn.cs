using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// What the prompts that were not asked would have to show to overturn a verdict that did not wait for them: by the sums, the mean over the whole suite then
/// lies on the other side of the tolerance.
/// </summary>
internal static class Overturn
{
    /// <summary>Null where the whole suite was read.</summary>
    public static StoppedEarly? Of(Ruling ruling, VerdictOutcome outcome)
    {
        if (!ruling.IsPartial) return null;
        var reading = ruling.Sides.Select(side => side.Comparison.Sequential).OfType<SequentialReading>().MinBy(one => one.Read)!;
        return new StoppedEarly(reading.Read, reading.Total, outcome == VerdictOutcome.Block ? Block(ruling) : Pass(ruling));
    }

    // Every measure that blocks would have to come back; the one that would have to come back furthest says how far.
    private static string Block(Ruling ruling)
    {
        var blocking = ruling.Standing(MeasureStanding.Block);
        if (blocking.FirstOrDefault(IsFinal) is { } final) return $"nothing that is still to be asked could: {VerdictText.Short(final)}";
        var furthest = blocking.MinBy(Turn)!;
        var also = blocking.Count > 1 ? $", and {(blocking.Count == 2 ? "1 measure" : $"{blocking.Count - 1} measures")} more would have to come back as well" : "";
        return Sentence(furthest, isBlock: true) + also;
    }

    // One measure that fails would do; the one that is nearest to it says how little it takes.
    private static string Pass(Ruling ruling)
    {
        var open = ruling.Standing(MeasureStanding.Pass).Where(one => one.Comparison.Unread() > 0).ToList();
        var nearest = open.Where(one => Turn(one) < MeasureScale.Of(one.Measure).Highest).MinBy(one => Turn(one) / MeasureScale.Of(one.Measure).Range);
        return nearest is null ? "nothing that is still to be asked could" : Sentence(nearest, isBlock: false);
    }

    // A collapse is confirmed, a floor is broken, or the sum is beyond the tolerance, whatever is still to come.
    private static bool IsFinal(JudgedMeasure one) =>
        one.HasCollapsed || one.Floor is { Standing: MeasureStanding.Block } || one.CollapsesTooOften || one.Drop is { Standing: MeasureStanding.Block, IsCertain: true }
        || one.Comparison.Unread() == 0 || Turn(one) < MeasureScale.Of(one.Measure).Lowest;

    // The mean drop, in thousandths, of what is still to be read that brings the suite's mean to the tolerance exactly.
    private static double Turn(JudgedMeasure one)
    {
        var measure = one.Comparison;
        var lost = one.Standing == MeasureStanding.Block ? measure.LowestRead() : measure.HighestRead();
        return (double)(MeasureSums.Allowed(measure.Declared, one.Tolerance) - lost) / Math.Max(1, measure.Unread());
    }

    private static string Sentence(JudgedMeasure one, bool isBlock)
    {
        var (turn, rest) = (Turn(one), one.Comparison.Unread());
        var since = one.Basis.IsAnchor ? " since the anchor" : "";
        var prompts = $"the remaining {NumberText.Prompts(rest)}";
        if (one.Measure.AsDimension() is null)
        {
            var count = (int)Math.Floor(turn * rest / 1000);
            var what = one.Measure == Measure.LostRefusals ? "could lose their refusal" : "could be newly refused";
            return isBlock
                ? $"at most {count} of {prompts} of {one.Measure.Key()} {what}{since}"
                : $"{count + 1} or more of {prompts} of {one.Measure.Key()} would have to turn{since}";
        }

        var points = turn / 1000;
        return points < 0
            ? $"{prompts} would have to gain {Text(-points)} {(isBlock ? "or more" : "or less")} on average on {one.Measure.Key()}{since}"
            : $"{prompts} would have to lose {(isBlock ? "no more than" : "more than")} {Text(points)} on average on {one.Measure.Key()}{since}";
    }

    private static string Text(double points) => points.ToString("0.00", CultureInfo.InvariantCulture);
}
