using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The drop that blocks nine times in ten, tried out with the process itself on seeded random drops.</summary>
internal sealed class DetectableDrop
{
    private const int MostUnits = 1000;
    private const int Work = 60_000;
    private const int FewestTrials = 50;
    private const int MostTrials = 200;
    private const int Seed = 20;
    private const double Spread = 2000;
    private const int Step = 50;
    private const int LargestDrop = 8000;

    private readonly MeasureScale _scale;
    private readonly double _tolerance;
    private readonly double _enough;
    private readonly EvidenceTarget _target;
    private readonly bool _isRate;
    private readonly Random _normal = new(Seed);
    private readonly List<double[]> _draws = [];

    public DetectableDrop(Measure measure, double tolerance, double alpha, EvidenceTarget target)
    {
        (_scale, _tolerance, _enough, _target) = (MeasureScale.Of(measure), tolerance, 1 / alpha, target);
        _isRate = measure.AsDimension() is null;
    }

    /// <summary>In points or as a share; null where no drop is found so often.</summary>
    /// <param name="units">In the suite.</param>
    /// <param name="critical">Those of them that go first and show nothing.</param>
    public double? Of(int units, int critical)
    {
        if (units > MostUnits) (units, critical) = (MostUnits, (int)((long)critical * MostUnits / units));
        if (units == 0) return null;
        // Of a suite a rate is one of N shares; elsewhere half a percent, and a twentieth of a point, are as fine as anybody needs.
        var steps = _isRate ? _target == EvidenceTarget.Suite ? units : 200 : LargestDrop / Step;
        var (least, most) = ((int)(_tolerance * 1000 / (_isRate ? 1000.0 / steps : Step)), steps);
        if (least >= most || !IsFound(most, steps, units, critical)) return null;
        while (most - least > 1)
        {
            var middle = (least + most) / 2;
            if (IsFound(middle, steps, units, critical)) most = middle;
            else least = middle;
        }

        return _isRate ? Math.Round((double)most / steps, 4) : most * Step / 1000.0;
    }

    private bool IsFound(int step, int steps, int units, int critical)
    {
        // The same draws for every drop, so that chance does not make a larger one harder to find.
        var random = new Random(Seed);
        var trials = Math.Clamp(Work / units, FewestTrials, MostTrials);
        var missable = trials / 10;
        for (var (trial, missed) = (0, 0); trial < trials; trial++)
        {
            var drops = _isRate ? Rates(random, step, steps, units) : Points(trial, step, units);
            if (!Blocks(drops, critical) && ++missed > missable) return false;
        }

        return true;
    }

    private int[] Rates(Random random, int step, int steps, int units)
    {
        var drops = new int[units];
        if (_target == EvidenceTarget.Population)
        {
            for (var index = 0; index < units; index++) drops[index] = random.Next(steps) < step ? _scale.Highest : 0;
            return drops;
        }

        Array.Fill(drops, _scale.Highest, 0, step);
        random.Shuffle(drops);
        return drops;
    }

    private int[] Points(int trial, int step, int units)
    {
        if (trial == _draws.Count) _draws.Add(Normal(units));
        return Array.ConvertAll(_draws[trial], draw => (int)Math.Clamp(step * Step + draw, _scale.Lowest, _scale.Highest));
    }

    private double[] Normal(int units)
    {
        var draws = new double[units];
        for (var index = 0; index < units; index++) draws[index] = Spread * Math.Sqrt(-2 * Math.Log(1 - _normal.NextDouble())) * Math.Cos(2 * Math.PI * _normal.NextDouble());
        if (_target == EvidenceTarget.Population) return draws;
        // The mean of a suite is what it is; only its order is drawn.
        var mean = draws.Average();
        return Array.ConvertAll(draws, draw => draw - mean);
    }

    private bool Blocks(int[] drops, int critical)
    {
        var process = _scale.Block(_tolerance, _target == EvidenceTarget.Suite ? drops.Length : null);
        for (var index = 0; index < drops.Length; index++)
        {
            process.Take(drops[index] - _scale.Lowest, isBetOn: index >= critical);
            if (process.Largest.Value >= _enough) return true;
        }

        return false;
    }
}
