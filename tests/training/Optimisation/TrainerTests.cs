namespace RailCluster.Training.Tests;

public sealed class TrainerTests
{
    [Fact]
    public void Run_FewSteps_LowersTheLoss()
    {
        Torch.Require();
        TrainingExample[] pool = [new("cat?", "A cat sat."), new("hat?", "A hat fell.")];
        var tokenizer = BpeTrainer.Train(pool.Select(example => example.Answer), 270);
        using var decoder = new Decoder(new DecoderConfig { VocabularySize = tokenizer.Count, HiddenSize = 32, Layers = 1, FeedForwardSize = 64 }, 1);
        var stage = new StageSettings("test", 60, 4, 1e-2) { WarmupSteps = 5 };
        var losses = new Trainer(decoder, tokenizer).Run(stage, new ExampleSource(1).With(1, pool));
        Assert.Equal(60, losses.Count);
        Assert.True(losses[^1] < losses[0] / 4, $"{losses[0]} fell only to {losses[^1]}");
    }

    [Fact]
    public void Run_SameSeedOneThread_GivesSameWeights()
    {
        Torch.Require();
        Assert.Equal(Train(), Train());
    }

    private static float[] Train()
    {
        TrainingExample[] pool = [new("cat?", "A cat sat."), new("hat?", "A hat fell.")];
        var tokenizer = BpeTrainer.Train(["A cat sat."], 265);
        using var decoder = new Decoder(new DecoderConfig { VocabularySize = tokenizer.Count, HiddenSize = 32, Layers = 1, FeedForwardSize = 64 }, 1);
        new Trainer(decoder, tokenizer).Run(new StageSettings("test", 5, 4, 1e-2), new ExampleSource(1).With(1, pool));
        return decoder.Snapshot()[WeightNames.Embedding].Values;
    }
}
