using MathNet.Numerics.Distributions;

namespace RailCluster.Benchmarks;

/// <summary>What a careful person would do with a spreadsheet: a one-sided paired t-test, fed pair by pair.</summary>
internal sealed class PairedT
{
    private int _count;
    private double _mean;
    private double _squares;

    public double Mean => _mean;

    /// <summary>Moments of a stream (Chan, Golub and LeVeque).</summary>
    public void Add(double drop)
    {
        _count++;
        double off = drop - _mean;
        _mean += off / _count;
        _squares += off * (drop - _mean);
    }

    /// <summary>Takes in another stream's moments.</summary>
    public void Add(PairedT other)
    {
        if (other._count == 0)
            return;
        int count = _count + other._count;
        double off = other._mean - _mean;
        _squares += other._squares + off * off * _count * other._count / count;
        _mean += off * other._count / count;
        _count = count;
    }

    /// <summary>Count, mean and sum of squares about the mean.</summary>
    public (int Count, double Mean, double Squares) Moments => (_count, _mean, _squares);

    /// <summary>How often a true mean at the tolerance would look as far below it, or farther; 1 below two pairs.</summary>
    public double BelowP(double tolerance) => _count < 2 ? 1 : P(tolerance - _mean);

    /// <summary>The same above it.</summary>
    public double AboveP(double tolerance) => _count < 2 ? 1 : P(_mean - tolerance);

    /// <summary>By how many standard errors the mean lies below a tolerance.</summary>
    public double Z(double tolerance) => (tolerance - _mean) / Math.Sqrt(_squares / (_count - 1) / _count);

    private double P(double distance)
    {
        double error = Math.Sqrt(_squares / (_count - 1) / _count);
        if (error == 0)
            return distance > 0 ? 0 : 1;
        return 1 - StudentT.CDF(0, 1, _count - 1, distance / error);
    }
}
