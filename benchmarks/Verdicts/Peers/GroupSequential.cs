using MathNet.Numerics.Distributions;

namespace RailCluster.Benchmarks;

/// <summary>
/// The classical way to look several times: bounds for the z value at evenly spaced looks, that spend a one-sided error rate as O'Brien and Fleming do
/// (Lan and DeMets 1983; integrated as Armitage, McPherson and Rowe 1969).
/// </summary>
internal static class GroupSequential
{
    private const int Steps = 2000;
    private const double Far = 9;

    /// <summary>One bound a look.</summary>
    public static double[] Bounds(int looks, double alpha)
    {
        var bounds = new double[looks];
        var sums = new Grid([0], [1]);
        double spent = 0;
        for (int look = 1; look <= looks; look++)
        {
            double due = Spent((double)look / looks, alpha);
            double bound = Solve(sums, due - spent, look);
            bounds[look - 1] = bound / Math.Sqrt(look);
            sums = sums.Next(-Far * Math.Sqrt(look), bound);
            spent = due;
        }

        return bounds;
    }

    private static double Spent(double time, double alpha) => 2 - 2 * Normal.CDF(0, 1, Normal.InvCDF(0, 1, 1 - alpha / 2) / Math.Sqrt(time));

    private static double Solve(Grid sums, double due, int look)
    {
        (double low, double high) = (0, Far * Math.Sqrt(look));
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = (low + high) / 2;
            if (sums.Beyond(middle) > due)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>The sum of the looks so far, of those that crossed no bound: points, each with its weight times density.</summary>
    private sealed record Grid(double[] Points, double[] Weights)
    {
        public double Beyond(double bound) => Points.Zip(Weights, (point, weight) => weight * Normal.CDF(0, 1, point - bound)).Sum();

        public Grid Next(double low, double high)
        {
            var points = new double[Steps + 1];
            var weights = new double[Steps + 1];
            double width = (high - low) / Steps;
            for (int step = 0; step <= Steps; step++)
            {
                points[step] = low + step * width;
                double simpson = step is 0 or Steps ? 1 : step % 2 == 1 ? 4 : 2;
                double density = 0;
                for (int from = 0; from < Points.Length; from++)
                    density += Weights[from] * Normal.PDF(0, 1, points[step] - Points[from]);
                weights[step] = density * simpson * width / 3;
            }

            return new Grid(points, weights);
        }
    }
}
