using Microsoft.ML.OnnxRuntime.Tensors;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Every form that an exported graph comes in gives the tokens of the reference that knows no graph.</summary>
public sealed class GraphKindTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 30 };

    private static readonly GraphNames Renamed = new()
    {
        InputIds = "tokens",
        AttentionMask = "seen",
        PositionIds = "places_of",
        Logits = "scores",
        Past = ["k_in_%d", "v_in_%d"],
        Present = ["k_out_%d", "v_out_%d"],
    };

    private static readonly GraphNames Combined = new() { Past = ["past_%d"], Present = ["present_%d"] };

    public static TheoryData<string> Kinds => ["plain", "fused", "fused without positions", "merged", "int32", "renamed", "combined", "fused, one logit", "last logit"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GenerateAsync_RaggedBatch_GivesTheTokensOfFullRecomputation(string kind)
    {
        using TinyModel model = Model(kind);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 5);
        var prompts = Ask.Ragged(40);

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        AssertReference(model, prompts, answers, Greedy);
        // The middle of the batch ends at different times, so that slots are refilled, and at the end rows move.
        Assert.InRange(generator.Stats.MeanRows, kind == "fused without positions" ? 1 : 3, kind == "fused without positions" ? 1 : 5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GenerateAsync_SharedBeginning_GivesTheTokensOfFullRecomputationAndSavesPrefill(string kind)
    {
        using TinyModel model = Model(kind);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        int[] header = [.. Enumerable.Range(0, 70).Select(i => i * 37 % 300)];
        GenerationRequest[] prompts = [.. Ask.Ragged(12).Select((prompt, i) => i % 3 == 2 ? prompt : Ask.Tokens(prompt.Id, [.. header, .. ((PromptInput.Tokens)prompt.Input).Ids]))];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        AssertReference(model, prompts, answers, Greedy);
        // Seven of eight copy it; a merged decoder's first branch takes no past.
        Assert.InRange(generator.Stats.PrefillSavedTokens, kind == "merged" ? 0 : 7 * 70, kind == "merged" ? 0 : 7 * 72);
        Assert.Equal(generator.Stats.PromptTokens, generator.Stats.PrefillTokens + generator.Stats.PrefillSavedTokens);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task GenerateAsync_PromptsLongerThanOnePart_GivesTheTokensOfFullRecomputation(string kind)
    {
        using TinyModel model = Model(kind, context: 1020);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 3);
        GenerationSettings settings = Greedy with { MaxNewTokens = 6 };
        GenerationRequest[] prompts = [.. Ask.Ragged(8).Select((prompt, i) => i is 2 or 5
            ? Ask.Tokens(prompt.Id, [.. Enumerable.Range(0, 513 + 150 * (i - 2)).Select(at => at * (31 + i) % 300)]) : prompt)];

        var answers = await Ask.AllAsync(generator, prompts, settings);

        AssertReference(model, prompts, answers, settings);
    }

    [Theory]
    [InlineData(false, OnnxGraphBuilder.Half, OnnxGraphBuilder.Half)]
    [InlineData(true, OnnxGraphBuilder.Half, OnnxGraphBuilder.Half)]
    [InlineData(true, OnnxGraphBuilder.Half, OnnxGraphBuilder.Float)]
    [InlineData(false, OnnxGraphBuilder.Float, OnnxGraphBuilder.Half)]
    public async Task GenerateAsync_HalfPrecision_BatchGivesTheTokensOfEachPromptAlone(bool fused, int cache, int logits)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { CacheType = cache, LogitsType = logits, Fused = fused });
        var prompts = Ask.Ragged(20);
        await using OnnxTextGenerator batched = await model.LoadAsync(slots: 6);
        await using OnnxTextGenerator alone = await model.LoadAsync(slots: 1);

        var together = await Ask.AllAsync(batched, prompts, Greedy);
        var single = await Ask.AllAsync(alone, prompts, Greedy);

        Assert.Equal(cache == OnnxGraphBuilder.Half ? "fp16" : "fp32", batched.Model.Engine.Precision);
        Assert.All(prompts, prompt => Assert.Equal(single[prompt.Id].OutputIds, together[prompt.Id].OutputIds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_GraphThatScalesWholeBatches_GivesTheTokensOfOneRowAlone(bool fused)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Quantized = true, Fused = fused }, context: 1020);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 5);
        int[] header = [.. Enumerable.Range(0, 300).Select(i => i * 37 % 300)];
        GenerationRequest[] prompts = [.. Ask.Ragged(12).Select((prompt, i) => Ask.Tokens(
            prompt.Id, [.. i % 3 == 0 ? [] : header, .. i % 3 == 2 ? header : [], .. ((PromptInput.Tokens)prompt.Input).Ids]))];
        using var reference = new OneRowLoop(model.File("onnx/model.onnx"));

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.Contains("DynamicQuantizeLinear, which scales a whole batch", generator.Loaded.OneRowReason, StringComparison.Ordinal);
        Assert.Equal(0, generator.Stats.PrefillSavedTokens);
        Assert.All(prompts, prompt => Assert.Equal(reference.Generate(((PromptInput.Tokens)prompt.Input).Ids, Greedy.MaxNewTokens, TinyModel.Eos), answers[prompt.Id].OutputIds));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_GraphWiredForOneRow_IsFoundOutAndGivesTheTokensOfFullRecomputation(bool fused)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { MaskBlind = true, Fused = fused });
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 5);
        var prompts = Ask.Ragged(12);

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        Assert.Null(generator.Loaded.Folder.Signature.OneRowReason);
        Assert.StartsWith("the graph gives a row other numbers beside another row", generator.Loaded.OneRowReason, StringComparison.Ordinal);
        AssertReference(model, prompts, answers, Greedy);
    }

    [Fact]
    public void Sign_GraphThatBranchesOnWholeBatches_RunsWholePromptsOneAtATime()
    {
        using TinyModel model = Model("fused");
        GraphSummary summary = OnnxGraphReader.Read(model.File("onnx/model.onnx"));

        GraphSignature signature = GraphSigner.Sign(summary with { Operators = summary.Operators.Add("If") }, new GraphNames());

        Assert.Equal((CacheKind.OneRow, true), (signature.Kind, signature.WholePrompts));
        Assert.Contains("uses If", signature.OneRowReason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sign_FusedGraph_SharesPastAndPresent()
    {
        using TinyModel model = Model("fused");

        GraphSignature signature = GraphSigner.Sign(OnnxGraphReader.Read(model.File("onnx/model.onnx")), new GraphNames());

        Assert.Equal(CacheKind.Shared, signature.Kind);
        Assert.Null(signature.OneRowReason);
        Assert.Equal(new KvLayout(TensorElementType.Float, TinyDecoder.Heads, TinyDecoder.Size, Combined: false), signature.Cache);
    }

    internal static TinyModel Model(string kind, int context = 200, Action<TinyDecoder>? change = null, int rank = 0)
    {
        TinyDecoder decoder = kind switch
        {
            "plain" => new(TinyModel.Vocabulary) { Rank = rank },
            "fused" => new(TinyModel.Vocabulary) { Fused = true, Rank = rank },
            "fused without positions" => new(TinyModel.Vocabulary) { Fused = true, WithPositions = false, Rank = rank },
            "fused, one logit" => new(TinyModel.Vocabulary) { Fused = true, WithLogitsToKeep = true, Rank = rank },
            "last logit" => new(TinyModel.Vocabulary) { LastLogitOnly = true, Rank = rank },
            "merged" => new(TinyModel.Vocabulary) { WithCacheBranch = true, Rank = rank },
            "int32" => new(TinyModel.Vocabulary) { TokenType = OnnxGraphBuilder.Int32, Rank = rank },
            "renamed" => new(TinyModel.Vocabulary) { Fused = true, Names = Renamed, Rank = rank },
            _ => new(TinyModel.Vocabulary) { Names = Combined, Rank = rank },
        };
        change?.Invoke(decoder);
        return new TinyModel(decoder, context: context);
    }

    private static void AssertReference(TinyModel model, IReadOnlyList<GenerationRequest> prompts, Dictionary<string, GeneratedText> answers, GenerationSettings settings)
    {
        Assert.Equal(prompts.Count, answers.Count);
        Assert.All(prompts, prompt => Assert.Equal(
            NaiveGenerator.Generate(model.Decoder, prompt.Id, ((PromptInput.Tokens)prompt.Input).Ids, settings, TinyModel.Eos), answers[prompt.Id].OutputIds));
    }
}
