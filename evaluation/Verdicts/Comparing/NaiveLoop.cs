using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// What the loop in popular articles does, to be shown beside a verdict and never used for one: one mean over every score of every prompt,
/// no pairs, no measure apart from another, and an error is a 0.
/// </summary>
/// <param name="MeanDrop">Drop of that mean, in points; what has no score counts as 0.</param>
/// <param name="Regressed">Whether it would have said so.</param>
public sealed record NaiveLoop(double MeanDrop, bool Regressed)
{
    /// <summary>The drop above which it speaks of a regression.</summary>
    public const double Threshold = 0.5;

    /// <summary>What it would have said.</summary>
    public static NaiveLoop Judge(Comparison comparison)
    {
        var dimensions = comparison.Measures.Where(one => one.Measure.AsDimension() is not null).ToList();
        var scores = dimensions.Sum(one => (long)one.Declared);
        var lost = dimensions.Sum(one => Total(one.BaselineMean, one, one.Missing.Baseline) - Total(one.CheckpointMean, one, one.Missing.Checkpoint));
        var drop = scores == 0 ? 0 : lost / scores;
        return new NaiveLoop(drop, drop > Threshold);
    }

    /// <summary>Prompts it would have generated: it answers and scores the baseline anew beside every checkpoint.</summary>
    public static long Prompts(int checkpoints, int suite) => 2L * checkpoints * suite;

    private static double Total(double? mean, MeasureComparison measure, int missing) =>
        (mean ?? 0) * (measure.Declared - missing - measure.Missing.Both);
}
