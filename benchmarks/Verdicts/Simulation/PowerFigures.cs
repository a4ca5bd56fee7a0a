using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>How many prompts it takes to see a drop, and what a run of healthy checkpoints costs.</summary>
internal static class PowerFigures
{
    private const int Prompts = 500;
    private const int Checkpoints = 20;
    private const int Shard = 32;
    private const double Alpha = 0.05;
    private const int Baseline = 5000;

    private static readonly double Shared = AlphaShares.Of(Alpha, Checkpoints, 1);

    public static IEnumerable<Figure> Measure(int repetitions)
    {
        List<int?> whole = Blocks(repetitions, EvidenceTarget.Suite, Alpha, drop: 1);
        string detail = FormattableString.Invariant($"drop 1.0, sd 2 on one of eight dimensions, N = {Prompts}, e >= 160; {repetitions} times");
        yield return new Figure("suite: prompts to Block, to 180", "", Mean(whole) / 180, 1, FormattableString.Invariant($"{Mean(whole):0.0} prompts; {detail}"), AtMost: true);
        yield return new Figure("suite: power by 500", "", Power(whole), 1, detail);
        foreach ((string name, EvidenceTarget target, double alpha, double drop) in new[]
        {
            ("suite, share of 20 checkpoints", EvidenceTarget.Suite, Shared, 1.0),
            ("population", EvidenceTarget.Population, Alpha, 1.0),
            ("population, share of 20", EvidenceTarget.Population, Shared, 1.0),
            ("suite, drop 0.75", EvidenceTarget.Suite, Alpha, 0.75),
            ("suite, drop 1.5", EvidenceTarget.Suite, Alpha, 1.5),
            ("suite, drop 2.0", EvidenceTarget.Suite, Alpha, 2.0),
        })
        {
            List<int?> blocks = Blocks(repetitions, target, alpha, drop);
            yield return new Figure($"{name}: power", "", Power(blocks), null, FormattableString.Invariant($"{Mean(blocks):0.0} prompts to Block where it did"));
        }

        foreach (double deviation in (double[])[0, 0.5, 1])
            yield return Healthy(Math.Max(1, repetitions / 100), deviation);
    }

    // The baseline once and whole, every checkpoint up to where all eight pass at its share.
    private static Figure Healthy(int runs, double deviation)
    {
        Policy policy = Of(EvidenceTarget.Suite);
        int passed = 0;
        double inShards = 0;
        double prompts = Enumerable.Range(0, runs * Checkpoints).AsParallel().AsOrdered().Select(index => Pair(index, 0, deviation, Dimensions.All.Length).Read(policy, Shared)).ToList().Sum(reading =>
        {
            int read = reading.PassedAt ?? Prompts;
            passed += reading.PassedAt is null ? 0 : 1;
            inShards += Math.Min(Prompts, (read + Shard - 1) / Shard * Shard);
            return read;
        });
        double perRun = Prompts + prompts / runs;
        return new Figure(
            FormattableString.Invariant($"healthy run, sd {deviation}: to 4,000"), "", perRun / 4000, deviation == 0 ? 1 : null,
            FormattableString.Invariant($"{perRun:0} prompts a run of {Checkpoints} (whole shards: {Prompts + inShards / runs:0}; naive {NaiveLoop.Prompts(Checkpoints, Prompts)}); {passed} of {runs * Checkpoints} passed early, the rest by count"),
            AtMost: true);
    }

    private static List<int?> Blocks(int repetitions, EvidenceTarget target, double alpha, double drop)
    {
        Policy policy = Of(target);
        return [.. Enumerable.Range(0, repetitions).AsParallel().AsOrdered().Select(index => Pair(index, drop, 2, falling: 1).Read(policy, alpha).BlockedAt)];
    }

    private static SimulatedPair Pair(int index, double drop, double deviation, int falling)
    {
        var generator = new Drops((ulong)4 << 32 | (uint)index);
        return SimulatedPair.OfDrops(index, Baseline, [.. Dimensions.All.Select((dimension, rank) => (dimension, generator.Even(Prompts, rank < falling ? drop : 0, deviation)))]);
    }

    private static Policy Of(EvidenceTarget target) => new()
    {
        Alpha = Alpha,
        Target = target,
        ExpectedCheckpoints = Checkpoints,
        Gated = [.. Dimensions.All.Select(dimension => dimension.AsMeasure())],
    };

    private static double Mean(List<int?> blocks) => blocks.Average(one => one) ?? double.NaN;

    private static double Power(List<int?> blocks) => (double)blocks.Count(one => one is not null) / blocks.Count;
}
