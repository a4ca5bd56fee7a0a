using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Whatever the graph, the slots, the prompts, what they share and the settings: the tokens are those of one row alone over the plain graph.</summary>
public sealed class RandomCasesTests
{
    private const int Context = 700;
    private const int Cases = 40;
    private const string Seed = "aYGatJisP4_2";

    private static readonly (string Kind, int Slots)[] Engines =
    [
        ("plain", 5), ("last logit", 3), ("fused", 3), ("combined", 4), ("merged", 4), ("int32", 2), ("fused, one logit", 6), ("fused without positions", 2),
        ("renamed", 1), ("a table of the context", 4), ("a table of the context, combined", 3),
    ];

    private static readonly Gen<int[]> Tail = Gen.OneOf(
        Gen.Int[0, 307].Array[0, 12], Gen.Int[0, 307].Array[20, 70], Gen.Select(Gen.Int[0, 307], Gen.Int[100, 640], (first, count) => Counted(first, count)));

    // A tail behind the beginning that others have too, or behind nothing.
    private static readonly Gen<int[]> Prompt = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 40], Tail, (header, cut, tail) =>
        (int[])[.. header == 0 ? [] : Counted(header * 7, header * 20)[..^Math.Min(cut, header * 20)], .. tail]).Where(prompt => prompt.Length > 0);

    private static readonly Gen<GenerationSettings> Settings = Gen.Select(
        Gen.Int[1, 40], Any(0, 0, 0.8, 1.3), Any(0, 0, 30), Any(1, 0.8), Any(1, 1, 1.2), Any(0, 0, 3), Gen.Int[0, 20],
        (most, temperature, k, p, penalty, n, least) => new GenerationSettings
        {
            MaxNewTokens = most,
            Temperature = temperature,
            TopK = k,
            TopP = p,
            RepetitionPenalty = penalty,
            NoRepeatNgram = n,
            MinNewTokens = Math.Max(0, least - 10),
            Seed = least,
        });

    [Fact]
    public async Task GenerateAsync_AnyCase_GivesTheTokensOfOneRowAlone()
    {
        List<TinyModel> models = [.. Engines.Select(engine => Model(engine.Kind))];
        List<OnnxTextGenerator> generators = [];
        for (int i = 0; i < Engines.Length; i++)
            generators.Add(await models[i].LoadAsync(Engines[i].Slots));
        using var reference = new OneRowLoop(models[0].File("onnx/model.onnx"));

        var cases = Gen.Select(Gen.Int[0, Engines.Length - 1], Prompt.Array[1, 14], Settings).Array[Cases].Single(_ => true, Seed);
        foreach ((int engine, int[][] prompts, GenerationSettings settings) in cases)
            await CheckAsync(generators[engine], reference, prompts, settings);

        foreach (OnnxTextGenerator generator in generators)
            await generator.DisposeAsync();
        models.ForEach(model => model.Dispose());
    }

    private static async Task CheckAsync(OnnxTextGenerator generator, OneRowLoop reference, int[][] prompts, GenerationSettings settings)
    {
        var answers = await Ask.AllAsync(generator, [.. prompts.Select((prompt, i) => Ask.Tokens($"p{i}", prompt))], settings);
        string about = $"{generator.Loaded.Batching}, {generator.Stats.Slots} slots, prompts of {string.Join(' ', prompts.Select(prompt => prompt.Length))}, {settings}";
        for (int i = 0; i < prompts.Length; i++)
        {
            string Shown(IEnumerable<int> ids) => $"p{i} of {about}: {string.Join(' ', ids)}";
            GenerationSettings limited = settings with { MaxNewTokens = Math.Min(settings.MaxNewTokens, Context - prompts[i].Length) };
            if (limited.MaxNewTokens < 1)
                Assert.IsType<GenerationOutcome.Unanswerable>(answers[$"p{i}"].Outcome);
            else
                Assert.Equal(Shown(reference.Generate($"p{i}", prompts[i], limited, TinyModel.Eos)), Shown(answers[$"p{i}"].OutputIds));
        }
    }

    private static TinyModel Model(string kind)
    {
        if (!kind.StartsWith("a table", StringComparison.Ordinal))
            return GraphKindTests.Model(kind, Context, GreedySearchOracle.Weigh);
        GraphNames names = kind.EndsWith("combined", StringComparison.Ordinal) ? new GraphNames { Past = ["past_%d"], Present = ["present_%d"] } : new GraphNames();
        var decoder = new TinyDecoder(TinyModel.Vocabulary) { MostColumns = Context, Names = names };
        GreedySearchOracle.Weigh(decoder);
        return new TinyModel(decoder, context: Context);
    }

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static int[] Counted(int first, int count) => [.. Enumerable.Range(0, count).Select(at => (first + at * 37) % 300)];
}
