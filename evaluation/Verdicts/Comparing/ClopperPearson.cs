using MathNet.Numerics.Distributions;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The exact interval of a share (Clopper and Pearson 1934), at 95 %: each end is wrong at most once in 40 times.</summary>
internal static class ClopperPearson
{
    private const double Tail = 0.025;

    /// <summary>The share with its interval.</summary>
    /// <param name="count">What counts, 0 to <paramref name="of"/>.</param>
    /// <param name="of">All, 1 or more.</param>
    public static ShareOf Of(int count, int of) => new(
        count,
        of,
        count == 0 ? 0 : Beta.InvCDF(count, of - count + 1, Tail),
        count == of ? 1 : Beta.InvCDF(count + 1, of - count, 1 - Tail));
}
