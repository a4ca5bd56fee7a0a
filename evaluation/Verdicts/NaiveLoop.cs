using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What the loop in popular articles does, to be shown beside a verdict and never used for one.</summary>
/// <param name="MeanDrop">Drop of the mean over all dimensions and prompts; failed scores count as 0, as they do there.</param>
/// <param name="Regressed">Whether it would have said so.</param>
public sealed record NaiveLoop(double MeanDrop, bool Regressed)
{
    /// <summary>The drop from which it speaks of a regression.</summary>
    public const double Threshold = 0.5;

    /// <summary>What it would have said.</summary>
    public static NaiveLoop Judge(Comparison comparison)
    {
        var means = comparison.Measures.Where(one => one.Measure.AsDimension() is not null && one.Declared > 0).ToList();
        var drop = means.Count == 0 ? 0 : means.Average(one => (one.BaselineMean ?? 0) - (one.CheckpointMean ?? 0));
        return new NaiveLoop(drop, drop > Threshold);
    }

    /// <summary>Prompts it would have generated: it answers and scores the baseline anew beside every checkpoint.</summary>
    public static long Prompts(int checkpoints, int suite) => 2L * checkpoints * suite;
}
