using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>The engine against a loop that only calls <c>Run</c> with the same shapes.</summary>
internal static class BareFigures
{
    // A round of ragged work takes most of a minute.
    private const int MostRaggedRounds = 3;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting) =>
    [
        await MeasureAsync(setting, UniformFigures.Batch, UniformFigures.Work, "bare loop, uniform"),
        await MeasureAsync(setting with { Rounds = Math.Min(setting.Rounds, MostRaggedRounds) }, setting.Slots, RaggedFigures.Work, "bare loop, ragged"),
    ];

    private static async Task<Figure> MeasureAsync(Setting setting, int slots, Workload work, string name)
    {
        await using OnnxTextGenerator generator = await EngineRun.LoadAsync(setting.Model, slots, setting.Threads);
        var runs = new List<(RunShape, int[])>();
        generator.Loaded.Session.Watch = (shape, seen) => runs.Add((shape, seen.ToArray()));
        await EngineRun.OfAsync(generator, work);
        generator.Loaded.Session.Watch = null;
        using var bare = new BareLoop(setting.Graph, setting.Threads);
        double[] ratios = await setting.PairAsync(
            $"{name}, engine to bare",
            async () => (await EngineRun.OfAsync(generator, work)).Seconds,
            () => Task.FromResult(bare.Repeat(runs)));
        return new Figure(name, setting.Kind, Figure.Median(ratios), setting.Target(0.92), $"{runs.Count} runs; rounds {UniformFigures.Rounds(ratios)}");
    }
}
