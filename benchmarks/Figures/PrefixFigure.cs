using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>Prompts that begin with one header: how much of the shared prefill is saved, and what that is worth in time.</summary>
internal static class PrefixFigure
{
    private const int Prompts = 256;
    private const int Header = 256;
    private const int Own = 16;
    private const int Answer = 8;

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting)
    {
        Workload shared = Workload.Shared(Prompts, Header, Own, Answer, seed: 9);
        Workload apart = Workload.Ragged(Prompts, (Header + Own, Header + Own), (Answer, Answer), seed: 9);
        await using OnnxTextGenerator generator = await EngineRun.LoadAsync(setting.Model, 32, setting.Threads);
        await EngineRun.OfAsync(generator, shared);
        double saved = generator.Stats.PrefillSavedTokens / (double)((Prompts - 1) * Header);
        double[] ratios = await (setting with { Rounds = 1 }).PairAsync(
            "shared header, shared to apart",
            async () => (await EngineRun.OfAsync(generator, shared)).Seconds,
            async () => (await EngineRun.OfAsync(generator, apart)).Seconds);
        return
        [
            new Figure("shared prefill saved", setting.Kind, saved, setting.Target(0.8), $"{Prompts} prompts of {Header} + {Own} tokens"),
            new Figure("shared header, gain in time", setting.Kind, ratios[0], null, $"the same lengths without a common header, {Answer} tokens out"),
        ];
    }
}
