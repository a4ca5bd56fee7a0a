using RailCluster.Contracts;
using RailCluster.Evaluation;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>
/// Trains a classifier on pairs: the good answer's logit on the pair's dimension goes up, the bad one's goes down, and the first is pushed above
/// the second. Whether an answer declines is known of the pairs whose prompt should be declined, or should be served.
/// </summary>
public sealed class ClassifierTrainer(ClassifierSettings settings, BpeTokenizer tokenizer, ClassifierConfig config)
{
    private readonly Random _random = new(settings.Seed);

    /// <summary>Trains from fresh weights; the caller disposes of the classifier.</summary>
    public AnswerClassifier Run(IReadOnlyList<ControlPair> pairs, Action<int, double>? afterEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var classifier = new AnswerClassifier(config, settings.Seed);
        List<Sample> samples = [.. pairs.Select(Read)];
        var (steps, step) = (settings.Epochs * ((samples.Count + settings.BatchSize - 1) / settings.BatchSize), 0);
        var stage = new StageSettings("classifier", steps, settings.BatchSize, settings.LearningRate);
        using var optimizer = optim.AdamW(classifier.Parameters, settings.LearningRate, beta2: 0.98, weight_decay: settings.WeightDecay);
        for (var epoch = 1; epoch <= settings.Epochs; epoch++)
        {
            var (order, total) = (samples.ToArray(), 0.0);
            _random.Shuffle(order);
            foreach (var batch in order.Chunk(settings.BatchSize))
            {
                foreach (var group in optimizer.ParamGroups)
                    group.LearningRate = stage.RateAt(step);
                total += Step(classifier, optimizer, batch) * batch.Length;
                step++;
            }
            afterEpoch?.Invoke(epoch, total / samples.Count);
        }
        return classifier;
    }

    private double Step(AnswerClassifier classifier, optim.Optimizer optimizer, Sample[] samples)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var rows = samples.Select(sample => sample.Good).Concat(samples.Select(sample => sample.Bad)).Select(Hidden).ToList();
        var logits = classifier.Logits(ClassifierBatch.Create(rows, tokenizer.IdOf(SpecialTokens.Pad)));
        var chosen = tensor(samples.Select(sample => (long)sample.Output).ToArray()).unsqueeze(1);
        var (good, bad) = (logits[..samples.Length].gather(1, chosen), logits[samples.Length..].gather(1, chosen));
        var loss = nn.functional.softplus(bad - good).mean() + (0.5 * (nn.functional.softplus(-good) + nn.functional.softplus(bad)).mean()) + Refusals(logits, samples);
        loss.backward();
        _ = nn.utils.clip_grad_norm_(classifier.Parameters, 1.0);
        _ = optimizer.step();
        return loss.item<float>();
    }

    // Known of the good answer to what should be declined or served, and of the bad one to what should be declined.
    private static Tensor Refusals(Tensor logits, Sample[] samples)
    {
        var column = logits[.., ClassifierConfig.Outputs.Count - 1];
        float[] known = [.. samples.Select(sample => sample.Declines is null ? 0f : 1f), .. samples.Select(sample => sample.Declines == true ? 1f : 0f)];
        float[] sign = [.. samples.Select(sample => sample.Declines == true ? -1f : 1f), .. samples.Select(_ => 1f)];
        var weights = tensor(known);
        return (nn.functional.softplus(column * tensor(sign)) * weights).sum() / Math.Max(1, known.Sum());
    }

    private (int[] Tokens, int AnswerStart) Hidden((int[] Tokens, int AnswerStart) row)
    {
        var pad = tokenizer.IdOf(SpecialTokens.Pad);
        return ([.. row.Tokens.Select(token => _random.NextDouble() < settings.Hide ? pad : token)], row.AnswerStart);
    }

    private Sample Read(ControlPair pair) => new(
        (int)pair.Dimension,
        PairLayout.Row(tokenizer, pair.Prompt, pair.Good, config.MaximumLength),
        PairLayout.Row(tokenizer, pair.Prompt, pair.Bad, config.MaximumLength),
        pair.Expected switch { ExpectedBehaviour.Refuse => true, ExpectedBehaviour.Comply => false, _ => null });

    private sealed record Sample(int Output, (int[] Tokens, int AnswerStart) Good, (int[] Tokens, int AnswerStart) Bad, bool? Declines);
}
