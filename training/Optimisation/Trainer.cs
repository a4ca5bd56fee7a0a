using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Trains a decoder on drawn examples with AdamW and gradient clipping.</summary>
public sealed class Trainer(Decoder decoder, BpeTokenizer tokenizer)
{
    /// <summary>
    /// Runs one stage and returns the loss of every step. <paramref name="afterStep"/> gets the number of finished steps and
    /// the loss.
    /// </summary>
    public IReadOnlyList<double> Run(StageSettings stage, ExampleSource source, Action<int, double>? afterStep = null)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(source);
        using var optimizer = optim.AdamW(decoder.Parameters, stage.LearningRate, beta2: 0.98, weight_decay: 0.01);
        var losses = new List<double>(stage.Steps);
        for (var step = 0; step < stage.Steps; step++)
        {
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = stage.RateAt(step);
            losses.Add(Step(optimizer, TrainingBatch.Create(tokenizer, source.Draw(stage.BatchSize))));
            afterStep?.Invoke(step + 1, losses[^1]);
        }
        return losses;
    }

    private double Step(optim.Optimizer optimizer, TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var hidden = decoder.Hidden(tensor(batch.Tokens, [batch.Rows, batch.Length])).reshape(-1, decoder.Config.HiddenSize);
        var logits = decoder.Project(hidden.index_select(0, tensor(batch.Positions)));
        var loss = nn.functional.cross_entropy(logits, tensor(batch.Targets));
        loss.backward();
        _ = nn.utils.clip_grad_norm_(decoder.Parameters, 1.0);
        _ = optimizer.step();
        return loss.item<float>();
    }
}
