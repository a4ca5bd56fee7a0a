using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>Short ways to ask a generator.</summary>
internal static class Ask
{
    /// <summary>Prompts of 1 to 60 tokens, no two lengths near each other alike.</summary>
    public static ImmutableArray<GenerationRequest> Ragged(int count, int seed = 7)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Tokens($"p{i}", [.. Enumerable.Range(0, random.Next(1, 61)).Select(_ => random.Next(0, 308))]))];
    }

    public static GenerationRequest Tokens(string id, params int[] ids) => new(id, new PromptInput.Tokens([.. ids]));

    public static async Task<Dictionary<string, GeneratedText>> AllAsync(
        OnnxTextGenerator generator, IReadOnlyList<GenerationRequest> requests, GenerationSettings settings)
    {
        var answers = new Dictionary<string, GeneratedText>();
        await foreach (GeneratedText answer in generator.GenerateAsync(requests, settings, TestContext.Current.CancellationToken))
            answers.Add(answer.Id, answer);
        return answers;
    }

    public static async Task<GeneratedText> OneAsync(OnnxTextGenerator generator, GenerationRequest request, GenerationSettings settings) =>
        Assert.Single(await AllAsync(generator, [request], settings)).Value;

    public static async Task<GeneratedText> OneAsync(TinyModel model, GenerationRequest request, GenerationSettings settings)
    {
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 4);
        return await OneAsync(generator, request, settings);
    }
}
