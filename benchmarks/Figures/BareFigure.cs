using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>The engine against a loop that only calls <c>Run</c> with the same shapes.</summary>
internal static class BareFigure
{
    public static async Task<Figure> MeasureAsync(Setting setting, OnnxTextGenerator generator, Workload work, string name)
    {
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
