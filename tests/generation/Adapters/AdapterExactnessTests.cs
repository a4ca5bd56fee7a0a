using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>On one loaded base, whatever form its graph has, each adapter gives the tokens of the reference that computes with it.</summary>
public sealed class AdapterExactnessTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 14 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => GraphKindTests.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task TrySwitchAsync_BackAndForth_GivesTheTokensOfFullRecomputationUnderEach(string kind)
    {
        using TinyModel model = GraphKindTests.Model(kind, rank: 3);
        (AdapterFile one, AdapterFile two) = (model.Decoder.NewAdapter(seed: 1), model.Decoder.NewAdapter(seed: 2));
        (ModelReference first, ModelReference second) = (model.WithAdapter(one), model.WithAdapter(two, "two.onnx_adapter"));
        ModelReference none = new(model.Path);
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(first, slots: 5);
        var seen = new List<(ModelFingerprint, string)>();

        foreach ((ModelReference reference, AdapterFile? active) in new[] { (first, one), (second, two), (none, null), (first, one), (none, null), (second, two) })
        {
            Assert.True(await generator.TrySwitchAsync(reference, null, Token));
            model.Decoder.Activate(active);
            seen.Add((generator.Model.Fingerprint, await AssertReferenceAsync(model, generator)));
        }

        Assert.Equal(3, seen.Distinct().Count());
        Assert.Equal(3, seen.Select(pair => pair.Item2).Distinct().Count());
        Assert.Equal(seen[0], seen[3]);
        Assert.Equal(seen[1], seen[5]);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("fused")]
    public async Task TrySwitchAsync_SharedBeginning_NoAdapterSeesAnothersPrefix(string kind)
    {
        using TinyModel model = GraphKindTests.Model(kind, rank: 3);
        AdapterFile one = model.Decoder.NewAdapter(seed: 4);
        ModelReference first = model.WithAdapter(one);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        int[] header = [.. Enumerable.Range(0, 60).Select(i => i * 37 % 300)];
        GenerationRequest[] prompts = [.. Enumerable.Range(0, 6).Select(i => Ask.Tokens($"p{i}", [.. header, i, i * i]))];

        await AssertReferenceAsync(model, generator, prompts);
        Assert.True(await generator.TrySwitchAsync(first, null, Token));
        model.Decoder.Activate(one);
        await AssertReferenceAsync(model, generator, prompts);

        Assert.Equal(2 * 5 * 60, generator.Stats.PrefillSavedTokens);
    }

    [Fact]
    public async Task LoadAsync_HalfPrecisionAdapter_GivesTheTokensOfFullRecomputation()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Rank = 3, AdapterType = OnnxGraphBuilder.Half });
        AdapterFile adapter = TinyDecoder.Halved(model.Decoder.NewAdapter(seed: 6));
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(model.WithAdapter(adapter), slots: 4);

        model.Decoder.Activate(adapter);
        await AssertReferenceAsync(model, generator);
    }

    [Fact]
    public async Task TrySwitchAsync_GraphThatLeavesTheRankFree_TakesAdaptersOfAnyRank()
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Rank = 1, FreeRank = true });
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        await AssertReferenceAsync(model, generator);

        foreach (int rank in new[] { 2, 7, 1 })
        {
            AdapterFile adapter = new TinyDecoder(TinyModel.Vocabulary) { Rank = rank }.NewAdapter(seed: rank);
            Assert.True(await generator.TrySwitchAsync(model.WithAdapter(adapter), null, Token));
            model.Decoder.Activate(adapter);
            await AssertReferenceAsync(model, generator);
        }
    }

    private static async Task<string> AssertReferenceAsync(TinyModel model, OnnxTextGenerator generator, IReadOnlyList<GenerationRequest>? prompts = null)
    {
        prompts ??= Ask.Ragged(9);
        var answers = await Ask.AllAsync(generator, prompts, Greedy);
        Assert.All(prompts, prompt => Assert.Equal(
            NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, Greedy, TinyModel.Eos), answers[prompt.Id].OutputIds));
        return string.Join('\n', prompts.Select(prompt => string.Join(' ', answers[prompt.Id].OutputIds)));
    }
}
