using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>A batch of 16, 64 tokens in and 64 out, against the peer.</summary>
internal static class UniformFigures
{
    /// <summary>Prompts, all answered at a time.</summary>
    public const int Batch = 16;

    /// <summary>What is asked.</summary>
    public static Workload Work { get; } = Workload.Uniform(Batch, prompt: 64, answer: 64, seed: 3);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting)
    {
        await using OnnxTextGenerator generator = await EngineRun.LoadAsync(setting.Model, Batch, setting.Threads);
        EngineRun answered = await EngineRun.OfAsync(generator, Work);
        return [await AgainstPeerAsync(setting, generator, Work, answered)];
    }

    private static async Task<Figure> AgainstPeerAsync(Setting setting, OnnxTextGenerator generator, Workload work, EngineRun answered)
    {
        using PeerProcess peer = PeerProcess.Start(setting.Peer, setting.Model, setting.Threads);
        PeerAnswer theirs = peer.Generate(work, Batch);
        int same = theirs.Answers.Zip(answered.Answers).Count(pair => pair.First.SequenceEqual(pair.Second));
        double[] ratios = await setting.PairAsync(
            "uniform, engine to peer",
            async () => (await EngineRun.OfAsync(generator, work)).Seconds,
            () => Task.FromResult(peer.Generate(work, Batch).Seconds));
        return new Figure(
            "uniform 16 x 64/64 to peer", setting.Kind, Figure.Median(ratios), setting.Target(1.05), $"{same} of {Batch} answers the same; rounds {Rounds(ratios)}");
    }

    public static string Rounds(double[] ratios) => string.Join(' ', ratios.Select(ratio => FormattableString.Invariant($"{ratio:0.000}")));
}
