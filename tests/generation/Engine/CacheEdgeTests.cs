using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Where rows of very different lengths, a graph's own limits or an empty slot meet.</summary>
public sealed class CacheEdgeTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 30 };

    [Theory]
    [InlineData("plain")]
    [InlineData("combined")]
    public async Task GenerateAsync_ShortSharedBeginningBesideALongRow_LeavesTheLongRowWhole(string kind)
    {
        using TinyModel model = GraphKindTests.Model(kind, context: 600);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 3);
        int[] header = Counted(3, 20);
        GenerationRequest[] prompts =
            [Ask.Tokens("long", Counted(5, 400)), .. Enumerable.Range(0, 4).Select(i => Ask.Tokens($"p{i}", [.. header, 7 + i, 11]))];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.True(generator.Stats.PrefillSavedTokens > 0);
        AssertReference(prompts, answers, 600);
    }

    // GPT-2's exports cut their mask out of one that is as wide as the context.
    [Theory]
    [InlineData(600, 590)]
    [InlineData(600, 599)]
    [InlineData(640, 600)]
    [InlineData(577, 575)]
    public async Task GenerateAsync_GraphWithATableOfItsContext_ReachesTheEndOfIt(int context, int longest)
    {
        using TinyModel model = new(new TinyDecoder(TinyModel.Vocabulary) { MostColumns = context }, context: context);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 3);
        GenerationRequest[] prompts =
            [Ask.Tokens("a", Counted(5, longest - 20)), Ask.Tokens("b", Counted(6, longest)), .. Ask.Ragged(3), Ask.Tokens("c", Counted(7, longest - 1))];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        AssertReference(prompts, answers, context);
    }

    [Fact]
    public async Task GenerateAsync_MergedGraphWithAnEmptyFirstSlot_TakesTheBranchWithAPast()
    {
        using TinyModel model = GraphKindTests.Model("merged", context: 600);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);
        // The first leaves its slot to prompts that use up a budget each and are at the end of the context with their first token.
        GenerationRequest[] prompts =
        [
            Ask.Tokens("a", Counted(5, 597)), Ask.Tokens("b", 1, 2, 3), .. Enumerable.Range(0, 3).Select(i => Ask.Tokens($"p{i}", Counted(10 + i, 599))),
        ];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        AssertReference(prompts, answers, 600);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_GraphOfOneRow_AnswersPromptsOneAtATime(bool combined)
    {
        GraphNames names = combined ? new GraphNames { Past = ["past_%d"], Present = ["present_%d"] } : new GraphNames();
        using TinyModel model = new(new TinyDecoder(TinyModel.Vocabulary) { Batch = 1, Names = names });
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        GenerationRequest[] prompts = [.. Ask.Ragged(6)];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.Equal("one at a time: the graph takes batches of 1", generator.Loaded.Batching);
        AssertReference(prompts, answers, 200);
    }

    [Fact]
    public async Task GenerateAsync_VocabularyThatNothingDeclares_RefusesIdsOutsideItAlone()
    {
        using TinyModel model = new(new TinyDecoder(TinyModel.Vocabulary) { DeclaredVocabulary = "any" });
        model.Write("config.json", """{"model_type":"tiny"}""");
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);

        var answers = await Ask.AllAsync(generator, [Ask.Tokens("outside", 1, 320), Ask.Tokens("edge", 1, 319)], Greedy);

        Assert.Contains("vocabulary of 320", Assert.IsType<GenerationOutcome.Unanswerable>(answers["outside"].Outcome).Reason, StringComparison.Ordinal);
        Assert.IsType<GenerationOutcome.Answered>(answers["edge"].Outcome);
    }

    // Whatever the graph's form, its weights are those of the plain one.
    private static void AssertReference(GenerationRequest[] prompts, Dictionary<string, GeneratedText> answers, int context)
    {
        using TinyModel plain = GraphKindTests.Model("plain");
        using var reference = new OneRowLoop(plain.File("onnx/model.onnx"));
        Assert.All(prompts, prompt =>
        {
            int[] ids = [.. ((PromptInput.Tokens)prompt.Input).Ids];
            Assert.Equal(reference.Generate(ids, Math.Min(Greedy.MaxNewTokens, context - ids.Length), TinyModel.Eos), answers[prompt.Id].OutputIds);
        });
    }

    private static int[] Counted(int first, int count) => [.. Enumerable.Range(0, count).Select(at => (first + at * 37) % 300)];
}
