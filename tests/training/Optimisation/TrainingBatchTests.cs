namespace RailCluster.Training.Tests;

public sealed class TrainingBatchTests
{
    private static readonly BpeTokenizer Tokenizer = BpeTrainer.Train(["a cat"], 262);

    [Fact]
    public void Create_TwoLengths_PadsRightAndTargetsOnlyAnswers()
    {
        var batch = TrainingBatch.Create(Tokenizer, [new("a", "b"), new("abc", "de")]);
        // bos user a end assistant b | end is only a target
        Assert.Equal((2, 9), (batch.Rows, batch.Length));
        Assert.Equal(Tokenizer.IdOf(SpecialTokens.Pad), batch.Tokens[6]);
        Assert.Equal([4, 5, 15, 16, 17], batch.Positions);
        var end = Tokenizer.IdOf(SpecialTokens.End);
        Assert.Equal([Tokenizer.IdOf("b"), end, Tokenizer.IdOf("d"), Tokenizer.IdOf("e"), end], batch.Targets);
    }

    [Fact]
    public void RateAt_WarmupAndCosine_RiseAndFall()
    {
        var stage = new StageSettings("test", 110, 1, 1.0) { WarmupSteps = 10, FinalShare = 0.1 };
        Assert.Equal(0.1, stage.RateAt(0), 6);
        Assert.Equal(1.0, stage.RateAt(10), 6);
        Assert.Equal(0.55, stage.RateAt(60), 6);
        Assert.Equal(0.1, stage.RateAt(110), 6);
    }

    [Fact]
    public void Draw_SameSeed_GivesSameExamples()
    {
        TrainingExample[] pool = [.. Enumerable.Range(0, 50).Select(i => new TrainingExample($"p{i}", "a"))];
        Assert.Equal(new ExampleSource(3).With(1, pool).Draw(20), new ExampleSource(3).With(1, pool).Draw(20));
        Assert.NotEqual(new ExampleSource(3).With(1, pool).Draw(20), new ExampleSource(4).With(1, pool).Draw(20));
    }
}
