using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>Prompts and answers of many lengths: against the peer's best static batch, and how full the slots were.</summary>
internal static class RaggedFigures
{
    /// <summary>What is asked.</summary>
    public static Workload Work { get; } = Workload.Ragged(256, prompt: (8, 256), answer: (4, 128), seed: 5);


    // Enough to rank the peer's batch sizes, which are then measured on all prompts.
    private const int Sample = 64;

    private static readonly int[] Batches = [8, 16, 32, 64];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(Setting setting)
    {
        await using OnnxTextGenerator generator = await EngineRun.LoadAsync(setting.Model, setting.Slots, setting.Threads);
        EngineRun answered = await EngineRun.OfAsync(generator, Work);
        GenerationStats stats = generator.Stats;
        if (!answered.Answers.Select(answer => answer.Count).SequenceEqual(Work.Answers))
            throw new InvalidOperationException("the engine's answers do not end where the model ends them");
        setting.Progress(FormattableString.Invariant($"ragged, {setting.Kind}, {setting.Slots} slots: {answered.Seconds:0.00} s, occupancy {stats.SlotOccupancy:0.000}"));
        return
        [
            await AgainstPeerAsync(setting, generator, Work),
            new Figure(
                "slot occupancy, ragged", setting.Kind, stats.SlotOccupancy, setting.Target(0.9),
                FormattableString.Invariant($"{setting.Slots} slots, {stats.TokensPerSecond:0} tokens/s, {stats.MillisecondsPerStep:0.0} ms a step")),
        ];
    }

    private static async Task<Figure> AgainstPeerAsync(Setting setting, OnnxTextGenerator generator, Workload work)
    {
        using PeerProcess peer = PeerProcess.Start(setting.Peer, setting.Model, setting.Threads);
        peer.Generate(work.Take(4), 4);
        // Sorted by length, so that a batch pads as little as it can.
        Workload theirs = work.SortedByPrompt();
        int batch = Best(setting, peer, work.Take(Sample).SortedByPrompt());
        double[] ratios = await (setting with { Rounds = 1 }).PairAsync(
            "ragged, engine to peer",
            async () => (await EngineRun.OfAsync(generator, work)).Seconds,
            () => Task.FromResult(peer.Generate(theirs, batch).Seconds));
        return new Figure(
            "ragged 256 to peer's best static", setting.Kind, ratios[0], setting.Target(2),
            FormattableString.Invariant($"peer's best: batches of {batch}, prompts sorted by length; {work.OutputTokens} tokens"));
    }

    private static int Best(Setting setting, PeerProcess peer, Workload sample)
    {
        (int Batch, double Seconds) best = (0, double.PositiveInfinity);
        foreach (int batch in Batches)
        {
            double seconds = peer.Generate(sample, batch).Seconds;
            setting.Progress(FormattableString.Invariant($"peer, {setting.Kind}, batches of {batch}: {seconds:0.0} s for {Sample} prompts"));
            if (seconds < best.Seconds)
                best = (batch, seconds);
        }

        return best.Batch;
    }
}
