namespace RailCluster.Benchmarks;

/// <summary>The textbook's p-value of a Kolmogorov–Smirnov distance, which holds for untied and unpaired scores alone.</summary>
internal static class Kolmogorov
{
    /// <summary>Q(λ) = 2 Σ (−1)^(k−1) e^(−2k²λ²).</summary>
    public static double Q(double lambda)
    {
        double sum = 0;
        for (int k = 1; k <= 100; k++)
            sum += (k % 2 == 1 ? 2 : -2) * Math.Exp(-2.0 * k * k * lambda * lambda);
        return Math.Clamp(sum, 0, 1);
    }
}
