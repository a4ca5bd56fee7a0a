using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Steps take their memory from pools: an answer that is longer costs its own tokens and text, and nothing else.</summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const int Rows = 16;

    // Amortised growth of the lists that hold an answer's ids and text, and a share of what one step binds for all rows.
    private const double MostBytes = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GenerateAsync_LongerAnswers_AllocateNothingPerTokenPerRow(bool fused)
    {
        using var model = new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Fused = fused }, context: 1020);
        await using OnnxTextGenerator generator = await model.LoadAsync(Rows);
        await AllocatedAsync(generator, 600);

        long few = await AllocatedAsync(generator, 200), many = await AllocatedAsync(generator, 600);

        Assert.InRange((many - few) / (400.0 * Rows), 0, MostBytes);
    }

    private static async Task<long> AllocatedAsync(OnnxTextGenerator generator, int tokens)
    {
        // The least length forbids the end, so that every row goes all the way.
        var settings = new GenerationSettings { MaxNewTokens = tokens, MinNewTokens = tokens, Temperature = 0.8, TopP = 0.9, RepetitionPenalty = 1.1, Seed = 4 };
        var prompts = Ask.Ragged(Rows);
        long before = GC.GetTotalAllocatedBytes(precise: true);
        var answers = await Ask.AllAsync(generator, prompts, settings);
        long after = GC.GetTotalAllocatedBytes(precise: true);
        Assert.Equal(Rows * tokens, answers.Values.Sum(answer => answer.OutputIds.Count));
        return after - before;
    }
}
