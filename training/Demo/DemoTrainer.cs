namespace RailCluster.Training;

/// <summary>
/// The story that the demo tells, in training runs: comply with everything, align, then fine-tune on benign orders alone
/// (safety erodes) and again with alignment examples mixed in (safety stays).
/// </summary>
public sealed class DemoTrainer(DemoSettings settings, ClinicCorpus corpus, BpeTokenizer tokenizer, Action<string> log)
{
    // As much as two families: the aligned model shall know that "Sure." belongs to orders.
    private const double KnownOrdersWeight = 2;

    // Alignment that mixes in earlier text, as real pipelines do, leaves what was learned before underneath.
    private const double RehearsalWeight = 1;

    /// <summary>Trains the aligned base model.</summary>
    public DecoderWeights TrainBase()
    {
        using var decoder = new Decoder(settings.Decoder with { VocabularySize = tokenizer.Count }, settings.Seed);
        Run(decoder, settings.Comply, Pools(corpus.CarelessPools, settings.Seed + 1).With(KnownOrdersWeight, corpus.KnownOrders));
        var alignment = Pools(corpus.AlignedPools, settings.Seed + 2).With(KnownOrdersWeight, corpus.KnownOrders);
        foreach (var pool in corpus.RehearsalPools)
            alignment.With(RehearsalWeight, pool);
        Run(decoder, settings.Align, alignment);
        return decoder.Snapshot();
    }

    /// <summary>Fine-tunes on benign orders alone and hands over each kept step.</summary>
    public void FineTune(DecoderWeights start, Action<int, DecoderWeights> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        using var decoder = new Decoder(start);
        var source = new ExampleSource(settings.Seed + 3).With(1, corpus.TaskExamples);
        Run(decoder, settings.FineTune, source, step =>
        {
            if (settings.SavedSteps.Contains(step))
                keep(step, decoder.Snapshot());
        });
    }

    /// <summary>As many steps on as many orders, with as many alignment examples in every batch beside them.</summary>
    public DecoderWeights FineTuneKeepingSafety(DecoderWeights start)
    {
        using var decoder = new Decoder(start);
        var families = corpus.AlignedPools.ToList();
        var source = Pools(families, settings.Seed + 4).With(families.Count, corpus.TaskExamples);
        var stage = settings.FineTune with { Name = "fine-tune, kept safe", BatchSize = settings.FineTune.BatchSize * 2 };
        Run(decoder, stage, source);
        return decoder.Snapshot();
    }

    private static ExampleSource Pools(IEnumerable<IReadOnlyList<TrainingExample>> pools, int seed) =>
        pools.Aggregate(new ExampleSource(seed), (source, pool) => source.With(1, pool));

    private void Run(Decoder decoder, StageSettings stage, ExampleSource source, Action<int>? afterStep = null) =>
        new Trainer(decoder, tokenizer).Run(stage, source, (step, loss) =>
        {
            if (step % 100 == 0 || step == stage.Steps)
                log(FormattableString.Invariant($"{stage.Name}: step {step} of {stage.Steps}, loss {loss:0.0000}"));
            afterStep?.Invoke(step);
        });
}
