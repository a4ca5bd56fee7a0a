using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class OnnxTextGeneratorTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 20 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GenerateAsync_Cancelled_StopsAndCanBeUsedAgain()
    {
        using var model = new TinyModel(context: 1000);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (GeneratedText _ in generator.GenerateAsync(Ask.Ragged(500), Greedy with { MaxNewTokens = 400 }, stop.Token))
                await stop.CancelAsync();
        });

        GeneratedText after = await Ask.OneAsync(generator, Ask.Tokens("p", 1, 2), Greedy);
        Assert.IsType<GenerationOutcome.Answered>(after.Outcome);
        Assert.True(generator.Stats.Prompts < 500);
    }

    [Fact]
    public async Task GenerateAsync_ReaderStopsEarly_StopsTheEngine()
    {
        using var model = new TinyModel(context: 1000);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);

        await foreach (GeneratedText _ in generator.GenerateAsync(Ask.Ragged(500), Greedy with { MaxNewTokens = 400 }, Token))
            break;

        Assert.True(generator.Stats.Prompts < 500);
        Assert.IsType<GenerationOutcome.Answered>((await Ask.OneAsync(generator, Ask.Tokens("p", 1, 2), Greedy)).Outcome);
    }

    [Fact]
    public async Task GenerateAsync_TwoCallsAtOnce_RefusesTheSecond()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);
        await using IAsyncEnumerator<GeneratedText> first = generator.GenerateAsync(Ask.Ragged(20), Greedy, Token).GetAsyncEnumerator(Token);
        await first.MoveNextAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Ask.AllAsync(generator, Ask.Ragged(1), Greedy));
    }

    [Fact]
    public async Task GenerateAsync_AfterDispose_Throws()
    {
        using var model = new TinyModel();
        OnnxTextGenerator generator = await model.LoadAsync();
        await generator.DisposeAsync();
        await generator.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Ask.AllAsync(generator, Ask.Ragged(1), Greedy));
    }

    [Fact]
    public async Task DisposeAsync_WhileAnswersAreRead_StopsTheEngine()
    {
        using var model = new TinyModel(context: 1000);
        OnnxTextGenerator generator = await model.LoadAsync(slots: 2);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (GeneratedText _ in generator.GenerateAsync(Ask.Ragged(500), Greedy with { MaxNewTokens = 400 }, Token))
                await generator.DisposeAsync();
        });

        Assert.True(generator.Stats.Prompts < 500);
    }

    [Fact]
    public async Task Stats_AfterABatch_CountTokensStepsAndOccupancy()
    {
        using var model = new TinyModel(eos: "null");
        model.Write("tokenizer_config.json", "{}");
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(2) };
        var store = new OnnxModelStore(new OnnxModelStoreOptions(), time);
        await using var generator = (OnnxTextGenerator)await store.LoadAsync(new ModelReference(model.Path), null, new LoadOptions(2, 1), Token);

        await Ask.AllAsync(generator, [Ask.Tokens("a", 1, 2, 3), Ask.Tokens("b", 4, 5), Ask.Tokens("c", 6)], Greedy with { MaxNewTokens = 11 });

        // The first token comes with the prefill; a and b share ten steps, c takes ten alone.
        Assert.Equal(
            new GenerationStats
            {
                Prompts = 3,
                PromptTokens = 6,
                OutputTokens = 33,
                Seconds = 0,
                Slots = 2,
                Steps = 20,
                MeanRows = 1.5,
                SlotOccupancy = 0.75,
                MillisecondsPerStep = 2000,
                PrefillTokens = 6,
                PrefillSavedTokens = 0,
                PrefillSeconds = 0,
            },
            generator.Stats with { Seconds = 0, PrefillSeconds = 0 });
        // Every look at the clock takes two seconds, and there are three times in it.
        Assert.True(generator.Stats.Seconds > generator.Stats.PrefillSeconds + 20 * 2);
        Assert.Equal(33 / generator.Stats.Seconds, generator.Stats.TokensPerSecond);
    }

    [Fact]
    public async Task GenerateAsync_TextPrompt_GoesThroughTheTemplateWithBosOnce()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync();
        int[] rendered = generator.Tokenizer.Encode("<s><|user|>Hello\nA:", addSpecialTokens: false);

        GeneratedText text = await Ask.OneAsync(generator, new GenerationRequest("p", new PromptInput.Text("Hello")), Greedy);
        GeneratedText tokens = await Ask.OneAsync(generator, Ask.Tokens("p", rendered), Greedy);

        Assert.Equal(TinyModel.Bos, rendered[0]);
        Assert.Equal(tokens.OutputIds, text.OutputIds);
        Assert.Equal(rendered.Length, ((GenerationOutcome.Answered)text.Outcome).PromptTokens);
    }

    [Fact]
    public async Task GenerateAsync_TemplateWithoutBos_GetsTheTokenizersBosOnce()
    {
        using var model = new TinyModel(template: "{{ messages[0].content }}");
        await using OnnxTextGenerator generator = await model.LoadAsync();

        GeneratedText text = await Ask.OneAsync(generator, new GenerationRequest("p", new PromptInput.Text("Hello")), Greedy);
        GeneratedText tokens = await Ask.OneAsync(generator, Ask.Tokens("p", [TinyModel.Bos, .. generator.Tokenizer.Encode("Hello", false)]), Greedy);

        Assert.Equal(tokens.OutputIds, text.OutputIds);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task GenerateAsync_RawOrNoTemplate_SpecialTokensOnlyWhereNotRaw(bool raw, bool special)
    {
        using var model = new TinyModel(template: raw ? TinyModel.Template : null);
        await using OnnxTextGenerator generator = await model.LoadAsync();

        GeneratedText text = await Ask.OneAsync(generator, new GenerationRequest("p", new PromptInput.Text("Hello")), Greedy with { Raw = raw });

        Assert.Equal(generator.Tokenizer.Encode("Hello", special).Length, ((GenerationOutcome.Answered)text.Outcome).PromptTokens);
    }

    [Fact]
    public async Task ProveAsync_SoundModel_PassesEveryCanary()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync();

        CanaryReport report = await generator.ProveAsync(Greedy, Token);

        Assert.Equal("", report.Failures());
        Assert.Equal(["tokenizer-round-trip", "template", "bos-once", "end-token", "answer"], report.Canaries.Select(canary => canary.Name));
        Assert.Equal(0, generator.Stats.Prompts);
    }

    [Theory]
    [InlineData("bos-once", "{{ bos_token }}{{ bos_token }}{{ messages[0].content }}", "309", -1)]
    [InlineData("template", "{{ raise_exception('no') }}", "309", -1)]
    [InlineData("template", "{{ bos_token }}Hi", "309", -1)]
    [InlineData("end-token", TinyModel.Template, "null", -1)]
    [InlineData("end-token", TinyModel.Template, "320", -1)]
    [InlineData("answer", TinyModel.Template, "309", 310)]
    public async Task ProveAsync_OneFault_FailsThatCanary(string canary, string template, string eos, int poison)
    {
        var decoder = new TinyDecoder(TinyModel.Vocabulary);
        if (poison >= 0)
            decoder.Poison(poison);
        using var model = new TinyModel(decoder, eos: eos, template: template);
        if (eos == "null")
            model.Write("tokenizer_config.json", """{"bos_token":"<s>"}""");
        await using OnnxTextGenerator generator = await model.LoadAsync();

        CanaryReport report = await generator.ProveAsync(Greedy, Token);

        Assert.Contains(report.Canaries, found => found.Name == canary && !found.Passed);
    }

    [Fact]
    public async Task ProveAsync_GraphThatFailsWhenRun_FailsTheAnswer()
    {
        // The files promise a context of 200 tokens, and only a table inside knows that it ends at 4.
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { MostColumns = 4 });
        await using OnnxTextGenerator broken = await model.LoadAsync();

        CanaryReport report = await broken.ProveAsync(Greedy, Token);

        Assert.Contains("the graph fails when it is run", report.Failures(), StringComparison.Ordinal);
    }
}
