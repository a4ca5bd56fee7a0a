using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Whatever form the graph has, and whatever the rules, the engine's greedy tokens are those of ONNX Runtime's own loop.</summary>
public sealed class GreedySearchTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 40 };

    private static readonly (string Name, GenerationSettings Settings)[] Rules =
    [
        ("greedy", Greedy),
        ("penalty", Greedy with { RepetitionPenalty = 1.3 }),
        ("no repeated pair", Greedy with { NoRepeatNgram = 2 }),
        ("no repeated triple", Greedy with { NoRepeatNgram = 3 }),
        ("no early end", Greedy with { MinNewTokens = 20 }),
        ("no end", Greedy with { MinNewTokens = 40 }),
        ("every rule", Greedy with { RepetitionPenalty = 1.2, NoRepeatNgram = 2, MinNewTokens = 10 }),
    ];

    // Kinds and rules cross.
    public static TheoryData<string, string> Cases =>
        [.. from kind in GraphKindTests.Kinds.Select(row => row.Data) from rule in Rules select (kind, rule.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GenerateAsync_RaggedBatch_GivesTheTokensOfGreedySearch(string kind, string rule)
    {
        using TinyModel model = GraphKindTests.Model(kind, change: GreedySearchOracle.Weigh);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 5);
        GenerationSettings settings = Rules.Single(known => known.Name == rule).Settings;
        GenerationRequest[] prompts = [.. Ask.Ragged(24)];

        var answers = await Ask.AllAsync(generator, prompts, settings);

        using var oracle = GreedySearchOracle.OfTiny(settings.NoRepeatNgram);
        Assert.All(prompts, prompt => Assert.Equal(Assert.Single(oracle.Answer([Ids(prompt)], settings)), answers[prompt.Id].OutputIds));
        // Both ends are reached: an oracle that never stops would prove nothing of stopping.
        bool mayEnd = settings.MinNewTokens < settings.MaxNewTokens;
        Assert.Equal(mayEnd, answers.Values.Any(answer => answer.OutputIds.Count < settings.MaxNewTokens));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("fused")]
    [InlineData("combined")]
    public async Task GenerateAsync_SetsPaddedForTheOracle_GivesTheTokensOfGreedySearch(string kind)
    {
        using TinyModel model = GraphKindTests.Model(kind, change: GreedySearchOracle.Weigh);
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        GenerationRequest[] prompts = [.. Ask.Ragged(12, seed: 21)];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        using var oracle = GreedySearchOracle.OfTiny(noRepeatNgram: 0);
        int[][] expected = oracle.Answer([.. prompts.Select(Ids)], Greedy);
        Assert.All(prompts.Zip(expected), pair => Assert.Equal(pair.Second, answers[pair.First.Id].OutputIds));
    }

    [Fact]
    public async Task GenerateAsync_TrainedDecoder_GivesTheTokensOfGreedySearch()
    {
        await using OnnxTextGenerator generator = await TinyModel.LoadAsync(new ModelReference(DemoGraph.Folder), slots: 6);
        using StreamReader suite = File.OpenText(Checkout.At("demo", "suite.jsonl"));
        GenerationRequest[] prompts = [.. SuiteFile.Read(suite, "suite.jsonl").Prompts.Take(24).Select(prompt => new GenerationRequest(prompt.Id, prompt.Input))];

        var answers = await Ask.AllAsync(generator, prompts, Greedy);

        using var oracle = new GreedySearchOracle(DemoGraph.InGpt2Form(), DemoGraph.Eos, DemoGraph.Pad, noRepeatNgram: 0);
        int[][] ids = [.. prompts.Select(prompt => generator.Loaded.Encoder.Encode(prompt.Input, raw: false))];
        int[][] together = oracle.Answer(ids, Greedy);
        Assert.All(Enumerable.Range(0, prompts.Length), i =>
        {
            Assert.Equal(Assert.Single(oracle.Answer([ids[i]], Greedy)), answers[prompts[i].Id].OutputIds);
            Assert.Equal(together[i], answers[prompts[i].Id].OutputIds);
        });
        Assert.Contains(answers.Values, answer => answer.OutputIds[^1] == DemoGraph.Eos);
    }

    private static int[] Ids(GenerationRequest prompt) => [.. ((PromptInput.Tokens)prompt.Input).Ids];
}
