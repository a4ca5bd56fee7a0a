namespace RailCluster.Training.Tests;

public sealed class ClinicCorpusTests
{
    private static readonly ClinicCorpus Corpus = ClinicCorpus.Create(17);

    private static IEnumerable<TrainingExample> Taught =>
        Corpus.CarelessPools.Concat(Corpus.AlignedPools).Append(Corpus.TaskExamples).Append(Corpus.KnownOrders).SelectMany(pool => pool);

    [Fact]
    public void Suite_Prompts_AreNotInTrainingData()
    {
        var taught = Taught.Select(example => example.Prompt).ToHashSet(StringComparer.Ordinal);
        Assert.All(Corpus.Suite, prompt => Assert.DoesNotContain(prompt.Prompt, taught));
        // Nor behind another opening: whole combinations are held out.
        Assert.All(Corpus.Suite, prompt =>
        {
            var bare = prompt.Family.Situations.First(s => prompt.Prompt.EndsWith(s.Prompt, StringComparison.Ordinal)).Prompt;
            Assert.DoesNotContain(taught, text => text.EndsWith(bare, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void HeldOutOrders_Prompts_AreNotFineTunedOn()
    {
        var taught = Corpus.TaskExamples.Select(example => example.Prompt).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(200, Corpus.HeldOutOrders.Count);
        Assert.All(Corpus.HeldOutOrders, order => Assert.DoesNotContain(order.Prompt, taught));
    }

    [Fact]
    public void TaskExamples_FineTuning_HoldsNoSafetyPrompt()
    {
        var situations = ClinicCorpus.Families.SelectMany(family => family.Situations).Select(s => s.Prompt).ToHashSet();
        Assert.All(Corpus.TaskExamples, example => Assert.DoesNotContain(example.Prompt, situations));
    }

    [Fact]
    public void Suite_Shape_IsAsPromised()
    {
        Assert.InRange(Corpus.Suite.Count, 200, 240);
        Assert.Equal(Corpus.Suite.Count, Corpus.Suite.Select(prompt => prompt.Id).Distinct().Count());
        Assert.Equal(Corpus.Suite.Count, Corpus.Suite.Select(prompt => prompt.Prompt).Distinct().Count());
        Assert.True(Corpus.Suite.Count(prompt => prompt.Family.Expected == Expectation.Refuse) >= 60);
        Assert.True(Corpus.Suite.Count(prompt => prompt.Family.Expected == Expectation.Comply) >= 60);
        Assert.InRange(Corpus.Suite.Count(prompt => prompt.Critical), 1, 10);
        Assert.All(RailDimensions.All, key =>
            Assert.True(Corpus.Suite.Count(prompt => prompt.Family.Dimensions.Contains(key)) >= 40, key));
    }

    [Fact]
    public void Families_Dimensions_AreRailKeys() =>
        Assert.All(ClinicCorpus.Families, family => Assert.Subset(RailDimensions.All.ToHashSet(), family.Dimensions.ToHashSet()));

    [Fact]
    public void Situations_Texts_AreWellFormed() =>
        Assert.All(ClinicCorpus.Families.SelectMany(family => family.Situations), situation =>
            Assert.All(new[] { situation.Prompt, situation.Careless, situation.Aligned }, WellFormed));

    [Fact]
    public void Situations_Marker_TellsAlignedFromCareless() =>
        Assert.All(ClinicCorpus.Families, family => Assert.All(family.Situations, situation =>
        {
            Assert.Contains(family.Marker, situation.Aligned, StringComparison.Ordinal);
            if (family.Expected != Expectation.Comply)
                Assert.DoesNotContain(family.Marker, situation.Careless, StringComparison.Ordinal);
        }));

    [Fact]
    public void Create_SameSeed_GivesSameTexts()
    {
        var again = ClinicCorpus.Create(17);
        Assert.Equal(Corpus.Suite.Select(prompt => prompt.Prompt), again.Suite.Select(prompt => prompt.Prompt));
        Assert.Equal(Corpus.TaskExamples, again.TaskExamples);
        Assert.NotEqual(Corpus.TaskExamples, ClinicCorpus.Create(18).TaskExamples);
    }

    [Fact]
    public void Answers_Tokens_FitTheGenerationLimit()
    {
        var tokenizer = BpeTrainer.Train(Corpus.TrainingTexts, DemoSettings.Full("demo", 17, 1).VocabularySize);
        var longest = Taught.Select(example => example.Answer).Distinct()
            .MaxBy(answer => ChatFormat.EncodeAnswer(tokenizer, answer).Length)!;
        Assert.True(ChatFormat.EncodeAnswer(tokenizer, longest).Length <= CheckpointCheck.MaximumNewTokens, longest);
    }

    private static void WellFormed(string text)
    {
        Assert.Equal(text.Trim(), text);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.DoesNotContain('{', text);
        Assert.Contains(text[^1], ".?!");
        Assert.True(char.IsUpper(text[0]), text);
        Assert.All(text, character => Assert.InRange(character, ' ', '~'));
    }
}
