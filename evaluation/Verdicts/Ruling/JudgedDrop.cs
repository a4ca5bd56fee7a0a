using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// How a measure's drop stands. Over a whole suite, with scores that another evaluation would give again, the sum decides and replaces whatever evidence
/// there was on the way. Otherwise the evidence decides; on the way a sum may be beyond the tolerance for certain, whatever is still to come.
/// </summary>
/// <param name="Standing">Pass, Block or Undecided.</param>
/// <param name="IsCertain">Whether it rests on a sum, and not on evidence.</param>
internal sealed record JudgedDrop(MeasureStanding Standing, bool IsCertain)
{
    /// <summary>Judges. Sums of thousandths are compared, in decimal, so that a drop of exactly the tolerance is within it.</summary>
    public static JudgedDrop Of(JudgedBasis basis, MeasureComparison measure, double tolerance)
    {
        var allowed = MeasureSums.Allowed(measure.Declared, tolerance);
        if (basis.IsCounted && measure.LowestSum > allowed) return new JudgedDrop(MeasureStanding.Block, IsCertain: true);
        if (basis is { IsCounted: true, IsPartial: false })
            return new JudgedDrop(measure.HighestSum > allowed ? MeasureStanding.Undecided : MeasureStanding.Pass, IsCertain: true);
        return basis.Evidence(measure.Measure) switch
        {
            { Blocks: true } => new JudgedDrop(MeasureStanding.Block, IsCertain: false),
            { Passes: true } => new JudgedDrop(MeasureStanding.Pass, IsCertain: false),
            _ => new JudgedDrop(MeasureStanding.Undecided, IsCertain: false),
        };
    }
}

/// <summary>Sums of thousandths over a measure's prompts, and over those of them that were read.</summary>
internal static class MeasureSums
{
    /// <summary>What may be lost over so many prompts.</summary>
    public static decimal Allowed(int prompts, double tolerance) => (decimal)tolerance * 1000 * prompts;

    /// <summary>Prompts that are still to be read.</summary>
    public static int Unread(this MeasureComparison measure) => measure.Declared - measure.Read;

    /// <summary>Thousandths lost over what was read, what is missing there taken as bad for the checkpoint as it can be.</summary>
    public static long HighestRead(this MeasureComparison measure) => measure.HighestSum - (long)MeasureScale.Of(measure.Measure).Highest * measure.Unread();

    /// <summary>The same, as good as it can be.</summary>
    public static long LowestRead(this MeasureComparison measure) => measure.LowestSum - (long)MeasureScale.Of(measure.Measure).Lowest * measure.Unread();

    /// <summary><see cref="HighestRead"/> as a mean over the prompts that were read, in points or as a share.</summary>
    public static double HighestReadDrop(this MeasureComparison measure) => measure.Read == 0 ? 0 : measure.HighestRead() / 1000.0 / measure.Read;
}
