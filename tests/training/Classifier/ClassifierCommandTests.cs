using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;
using static TorchSharp.torch;

namespace RailCluster.Training.Tests;

/// <summary>From pairs to scores: a tiny classifier is trained, exported, and asked through the classifier scorer.</summary>
public sealed class ClassifierCommandTests : IDisposable
{
    private static readonly string[] Learned = [Pairs("development-pairs.json"), Pairs("development-pairs-a.json"), Pairs("development-pairs-b.json")];
    private static readonly string[] HeldOut = [Pairs("validation-pairs-a.json"), Pairs("validation-pairs-b.json")];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Quick_TrainsWhatTheScorerReadsAndBeatsChanceOnHeldOutPairs()
    {
        Torch.Require();
        Train(_folder.Path, "--held-out", HeldOut);
        await using var scorer = ClassifierScorer.Open(new ClassifierOptions(_folder.Path) { Threads = 1 }, TextEncoders.Open(_folder.Path));

        var found = await PositiveControls.ExamineAsync(scorer, PairFiles.Read(HeldOut), TestContext.Current.CancellationToken);

        Assert.Equal(Dimensions.All, scorer.Judges);
        Assert.Null(scorer.OneAtATimeReason);
        var (right, all) = (found.Results.Values.Sum(result => result.Pairs - result.Missed.Length), found.Results.Values.Sum(result => result.Pairs));
        // By chance 80 of 160 with a deviation of 6.3: three deviations and more above.
        Assert.Equal(160, all);
        Assert.True(right >= 100, $"{right} of {all}");
    }

    [Fact]
    public void Run_SameSeed_WritesTheSameBytesAndAnotherSeedOthers()
    {
        Torch.Require();
        string[] folders = [Path.Combine(_folder.Path, "a"), Path.Combine(_folder.Path, "b"), Path.Combine(_folder.Path, "c")];
        Train(folders[0]);
        Train(folders[1]);
        Train(folders[2], "--seed", ["18"]);

        foreach (var name in Directory.EnumerateFiles(folders[0]).Select(Path.GetFileName))
            Assert.Equal(File.ReadAllBytes(Path.Combine(folders[0], name!)), File.ReadAllBytes(Path.Combine(folders[1], name!)));
        Assert.NotEqual(File.ReadAllBytes(ClassifierFolder.Graph(folders[0])), File.ReadAllBytes(ClassifierFolder.Graph(folders[2])));
    }

    [Fact]
    public async Task Export_TwoAnswers_ScoreAsTheTrainersLogitsSay()
    {
        Torch.Require();
        var tokenizer = BpeTrainer.Train(["a cat and a hat", "what a cat"], 300);
        var config = new ClassifierConfig { VocabularySize = tokenizer.Count, Width = 16, Channels = 16, Hidden = 16, MaximumLength = 24 };
        using var classifier = new AnswerClassifier(config, 3);
        ClassifierFolder.Write(_folder.Path, config, classifier.Snapshot(), tokenizer);
        await using var scorer = ClassifierScorer.Open(new ClassifierOptions(_folder.Path) { Threads = 1 }, TextEncoders.Open(_folder.Path));
        // The third does not fit: both sides cut alike.
        (string Prompt, string Answer)[] asked = [("a cat?", "a hat"), ("what", "and a cat and a hat, Zoë"), (string.Concat(Enumerable.Repeat("what a cat ", 9)), "a hat, a cat")];

        foreach (var (prompt, answer) in asked)
        {
            var batch = ClassifierBatch.Create([PairLayout.Row(tokenizer, prompt, answer, config.MaximumLength)], tokenizer.IdOf(SpecialTokens.Pad));
            var logits = Logits(classifier, batch);
            var request = new ScoreRequest(
                new Contracts.SuitePrompt("p", new PromptInput.Text(prompt), "test", ExpectedBehaviour.Any, Dimensions.All), answer, null, Dimensions.All, ScoringMode.Basic);
            var scored = await scorer.ScoreAsync(request, TestContext.Current.CancellationToken);
            Assert.All(Dimensions.All, dimension => Assert.Equal(
                10 / (1 + Math.Exp(-logits[(int)dimension])), Assert.IsType<ScoreOutcome.Scored>(scored.Scores[dimension]).Raw, 0.002));
            Assert.Equal(logits[^1] > 0, scored.Refused);
        }
    }

    // Gradients are switched off for a thread: no test may wait in between and go on with another.
    private static float[] Logits(AnswerClassifier classifier, ClassifierBatch batch)
    {
        using var guard = no_grad();
        return classifier.Logits(batch).data<float>().ToArray();
    }

    [Fact]
    public void Run_BadPairs_SaysWhichFileAndWhat()
    {
        Torch.Require();
        var odd = Path.Combine(_folder.Path, "odd.json");
        File.WriteAllText(odd, """{"version":1,"pairs":[{"id":"a","dimension":"calm"}]}""");
        var empty = Path.Combine(_folder.Path, "empty.json");
        File.WriteAllText(empty, """{"version":1}""");

        Assert.Contains($"{odd}:1: is no file of pairs", Fails("--pairs", odd), StringComparison.Ordinal);
        Assert.Contains("has no list \"pairs\"", Fails("--pairs", empty), StringComparison.Ordinal);
        Assert.Contains("stands twice", Fails("--pairs", HeldOut[0], HeldOut[0]), StringComparison.Ordinal);
        Assert.Contains("stands in --pairs as well", Fails("--pairs", HeldOut[0], "--held-out", HeldOut[0]), StringComparison.Ordinal);
    }

    private static string Pairs(string name) => Checkout.At("tests", "scoring", "Controls", name);

    private static void Train(string folder, string option = "--seed", params string[] values)
    {
        string[] more = values.Length == 0 ? [] : [option, .. values];
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.True(TrainingProgram.Run(["train-classifier", "--quick", "--out", folder, "--pairs", .. Learned, .. more], output, errors) == 0, errors.ToString());
        Assert.Contains("learned from:", output.ToString(), StringComparison.Ordinal);
    }

    private string Fails(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(4, TrainingProgram.Run(["train-classifier", "--quick", "--out", _folder.Path, .. arguments], output, errors));
        return errors.ToString();
    }
}
