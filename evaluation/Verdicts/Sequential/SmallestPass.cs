using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The fewest units with which identical answers pass by evidence, tried out with the process itself.</summary>
public static class SmallestPass
{
    private const int Most = 100_000;

    /// <summary>Tries it out.</summary>
    /// <param name="measure">What is measured.</param>
    /// <param name="tolerance">In points or as a share.</param>
    /// <param name="alpha">The error rate of the verdict.</param>
    /// <param name="target">What is claimed.</param>
    /// <returns>Null where 100,000 are not enough, as with a tolerance of 0.</returns>
    public static int? Of(Measure measure, double tolerance, double alpha, EvidenceTarget target)
    {
        if (target == EvidenceTarget.Population) return PassesAfter(measure, tolerance, alpha, Most, units: null);
        var (least, most) = (0, 1);
        while (most <= Most && PassesAfter(measure, tolerance, alpha, most, most) is null) (least, most) = (most, 2 * most);
        if (most > Most) return null;
        while (most - least > 1)
        {
            var middle = (least + most) / 2;
            if (PassesAfter(measure, tolerance, alpha, middle, middle) is null) least = middle;
            else most = middle;
        }

        return most;
    }

    private static int? PassesAfter(Measure measure, double tolerance, double alpha, int most, int? units)
    {
        var scale = MeasureScale.Of(measure);
        var process = scale.Pass(tolerance, units);
        for (var read = 1; read <= most; read++)
        {
            process.Take(scale.Highest);
            if (process.Largest.Value >= 1 / alpha) return read;
        }

        return null;
    }
}
