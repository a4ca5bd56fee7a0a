using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class BatchExactnessTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 30 };

    public static TheoryData<string, GenerationSettings> Settings => new()
    {
        { "greedy", Greedy },
        { "sampled", Greedy with { Temperature = 0.9, Seed = 11 } },
        { "top-k", Greedy with { Temperature = 1.3, TopK = 20, Seed = 12 } },
        { "top-p", Greedy with { Temperature = 1.1, TopP = 0.8, Seed = 13 } },
        { "top-k and top-p", Greedy with { Temperature = 1.5, TopK = 50, TopP = 0.7, Seed = 14 } },
        { "penalty", Greedy with { RepetitionPenalty = 1.4 } },
        { "no repeated pair", Greedy with { NoRepeatNgram = 2 } },
        { "every rule", Greedy with { Temperature = 0.7, RepetitionPenalty = 1.2, NoRepeatNgram = 3, MinNewTokens = 10, TopK = 40, TopP = 0.9, Seed = 15 } },
    };

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task GenerateAsync_RaggedBatch_GivesTheTokensOfFullRecomputation(string name, GenerationSettings settings)
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 5);
        var prompts = Ask.Ragged(23);

        var answers = await Ask.AllAsync(generator, prompts, settings);

        Assert.Equal(prompts.Length, answers.Count);
        // A model that says one thing over and over would prove little.
        Assert.True(answers.Values.SelectMany(answer => answer.OutputIds).Distinct().Count() > 40);
        Assert.All(prompts, prompt => Assert.Equal(
            $"{name}: {string.Join(' ', NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, settings, TinyModel.Eos))}",
            $"{name}: {string.Join(' ', answers[prompt.Id].OutputIds)}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.2)]
    public async Task GenerateAsync_OtherSlots_SameTokens(double temperature)
    {
        using var model = new TinyModel();
        GenerationSettings settings = Greedy with { Temperature = temperature, Seed = 5 };
        var prompts = Ask.Ragged(20);
        var all = new List<string>();
        foreach (int slots in new[] { 1, 3, 16 })
        {
            await using OnnxTextGenerator generator = await model.LoadAsync(slots);
            var answers = await Ask.AllAsync(generator, prompts, settings);
            all.Add(string.Join('\n', prompts.Select(prompt => string.Join(' ', answers[prompt.Id].OutputIds))));
        }

        Assert.Equal(all[0], all[1]);
        Assert.Equal(all[0], all[2]);
    }

    [Fact]
    public async Task GenerateAsync_FarMoreSlotsThanPrompts_TakesNoMemoryForThem()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: int.MaxValue);

        var answers = await Ask.AllAsync(generator, Ask.Ragged(3), Greedy with { MinNewTokens = 30 });

        Assert.Equal(3, answers.Count);
        Assert.Equal(1, generator.Stats.SlotOccupancy);
    }

    [Fact]
    public async Task GenerateAsync_OtherOrder_SameSampledTokens()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        GenerationSettings settings = Greedy with { Temperature = 1, Seed = 3 };
        var prompts = Ask.Ragged(12);

        var forward = await Ask.AllAsync(generator, prompts, settings);
        var backward = await Ask.AllAsync(generator, [.. prompts.Reverse()], settings);

        Assert.All(prompts, prompt => Assert.Equal(forward[prompt.Id].OutputIds, backward[prompt.Id].OutputIds));
    }

    [Fact]
    public async Task GenerateAsync_OtherSeedOrId_OtherSampledTokens()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync();
        GenerationSettings settings = Greedy with { Temperature = 1.5, Seed = 3 };
        GenerationRequest prompt = Ask.Tokens("a", 1, 2, 3);

        GeneratedText first = await Ask.OneAsync(generator, prompt, settings);
        GeneratedText otherSeed = await Ask.OneAsync(generator, prompt, settings with { Seed = 4 });
        GeneratedText otherId = await Ask.OneAsync(generator, prompt with { Id = "b" }, settings);

        Assert.NotEqual(first.OutputIds, otherSeed.OutputIds);
        Assert.NotEqual(first.OutputIds, otherId.OutputIds);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task GenerateAsync_OtherGraphInputs_GivesTheTokensOfFullRecomputation(bool positions, bool keep)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { WithPositions = positions, WithLogitsToKeep = keep });
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        var prompts = Ask.Ragged(9);

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.All(prompts, prompt => Assert.Equal(
            NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, Greedy, TinyModel.Eos), answers[prompt.Id].OutputIds));
    }

    [Fact]
    public async Task GenerateAsync_PromptLongerThanOnePart_GivesTheTokensOfFullRecomputation()
    {
        using var model = new TinyModel(context: 1000);
        int[] prompt = [.. Enumerable.Range(0, 600).Select(i => i * 31 % 300)];
        GenerationSettings settings = Greedy with { MaxNewTokens = 4 };

        GeneratedText answer = await Ask.OneAsync(model, Ask.Tokens("long", prompt), settings);

        Assert.Equal(NaiveGenerator.Generate(model.Decoder, "long", prompt, settings, TinyModel.Eos), answer.OutputIds);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task GenerateAsync_SharedBeginningBesideLongerRows_GivesTheTokensOfFullRecomputation(int slots)
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync(slots);
        int[] Ids(int count, int seed) => [.. Enumerable.Range(0, count).Select(i => (i + seed) * 37 % 300)];
        // The longest leaves a wide cache behind; what it left is narrowed while others are longer than what is restored.
        GenerationRequest[] prompts =
        [
            Ask.Tokens("wide", Ids(150, 1)),
            Ask.Tokens("first", [.. Ids(20, 9), 1]),
            .. Enumerable.Range(0, 6).Select(i => i % 2 == 0 ? Ask.Tokens($"long{i}", Ids(90 + i, 50 + i)) : Ask.Tokens($"short{i}", [.. Ids(20, 9), i + 2])),
        ];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.True(generator.Stats.PrefillSavedTokens > 0);
        Assert.All(prompts, prompt => Assert.Equal(
            NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, Greedy, TinyModel.Eos), answers[prompt.Id].OutputIds));
    }

    [Fact]
    public async Task GenerateAsync_NeighbourWithoutNumbers_FailsAlone()
    {
        var decoder = new TinyDecoder(TinyModel.Vocabulary);
        var clean = Ask.Ragged(8);
        int poison = Enumerable.Range(0, 300).First(id => !clean.Any(prompt => ((PromptInput.Tokens)prompt.Input).Ids.Contains(id)));
        decoder.Poison(poison);
        using var model = new TinyModel(decoder);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 3);
        GenerationRequest[] prompts = [clean[0], Ask.Tokens("bad", 5, poison, 6), .. clean.Skip(1)];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        var failed = Assert.IsType<GenerationOutcome.Failed>(answers["bad"].Outcome);
        Assert.False(failed.Retryable);
        // An answer may itself choose the poisoned token and fail from there on; the others are the reference's.
        Assert.All(clean.Where(prompt => answers[prompt.Id].Outcome is GenerationOutcome.Answered), prompt => Assert.Equal(
            NaiveGenerator.Generate(decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, Greedy, TinyModel.Eos), answers[prompt.Id].OutputIds));
        Assert.Contains(clean, prompt => answers[prompt.Id].Outcome is GenerationOutcome.Answered);
    }
}
