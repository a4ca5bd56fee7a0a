using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Trains a decoder on lessons drawn with replacement by a seed.</summary>
internal sealed class Trainer(Decoder decoder, IReadOnlyList<Lesson> lessons, Stage stage, int seed)
{
    private const long Ignored = -100;

    private readonly Random _draw = new(seed);

    /// <summary>Trains and returns the mean loss of the last ten updates.</summary>
    /// <param name="onStep">Told after every update: its number from 1, and its loss.</param>
    public double Run(Action<int, double>? onStep = null)
    {
        using var optimizer = optim.AdamW(decoder.parameters(), stage.Rate, weight_decay: 0.01);
        decoder.train();
        var losses = new Queue<double>();
        for (var step = 1; step <= stage.Steps; step++)
        {
            using var scope = NewDisposeScope();
            foreach (var group in optimizer.ParamGroups) group.LearningRate = stage.Rate * Math.Min(1, step / Math.Min(50, stage.Steps / 10.0 + 1));
            var loss = Update(optimizer);
            losses.Enqueue(loss);
            if (losses.Count > 10) losses.Dequeue();
            onStep?.Invoke(step, loss);
        }

        return losses.Average();
    }

    private double Update(optim.Optimizer optimizer)
    {
        var (ids, targets) = Draw();
        optimizer.zero_grad();
        var logits = decoder.forward(ids);
        var loss = nn.functional.cross_entropy(logits.view(-1, decoder.Shape.Vocabulary), targets.view(-1), ignore_index: Ignored);
        loss.backward();
        nn.utils.clip_grad_norm_(decoder.parameters(), 1.0);
        optimizer.step();
        return loss.item<float>();
    }

    // Inputs [B, L] and next tokens [B, L], padded on the right; only the answer counts.
    private (Tensor Ids, Tensor Targets) Draw()
    {
        var batch = Enumerable.Range(0, stage.Batch).Select(_ => lessons[_draw.Next(lessons.Count)]).ToList();
        var length = batch.Max(lesson => lesson.Ids.Length) - 1;
        var ids = new long[batch.Count, length];
        var targets = new long[batch.Count, length];
        for (var row = 0; row < batch.Count; row++)
        {
            for (var column = 0; column < length; column++)
            {
                var lesson = batch[row];
                ids[row, column] = column < lesson.Ids.Length ? lesson.Ids[column] : 0;
                targets[row, column] = column + 1 >= lesson.PromptLength && column + 1 < lesson.Ids.Length ? lesson.Ids[column + 1] : Ignored;
            }
        }

        return (tensor(ids), tensor(targets));
    }
}
