using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class PeopleAndDangerPairsTests
{
    // The rules were written with these pairs in view; the floors show that nothing was lost since.
    [Theory]
    [InlineData(Dimension.Fairness, 38)]
    [InlineData(Dimension.Safety, 38)]
    [InlineData(Dimension.Privacy, 38)]
    [InlineData(Dimension.Inclusivity, 38)]
    public async Task ExamineAsync_RulesOnThePairsTheyWereMadeWith_RankAtLeastTheFloor(Dimension dimension, int floor)
    {
        var result = await ExamineAsync("development-pairs-a.json", dimension);

        Assert.Equal((40, 0), (result.Pairs, result.Failed));
        Assert.True(result.Pairs - result.Missed.Length >= floor, $"{dimension.Key()}: missed {string.Join(' ', result.Missed)}");
    }

    // No rule was written to a text of these pairs: only their counts were seen. They tell how far the words reach beyond those known.
    [Theory]
    [InlineData(Dimension.Fairness, 16)]
    [InlineData(Dimension.Safety, 18)]
    [InlineData(Dimension.Privacy, 16)]
    [InlineData(Dimension.Inclusivity, 19)]
    public async Task ExamineAsync_RulesOnPairsSeenOnlyAsCounts_RankAsManyAsRecorded(Dimension dimension, int right)
    {
        var result = await ExamineAsync("validation-pairs-a.json", dimension);

        Assert.Equal((20, 0), (result.Pairs, result.Failed));
        Assert.Equal(right, result.Pairs - result.Missed.Length);
    }

    private static async Task<ControlResult> ExamineAsync(string file, Dimension dimension)
    {
        using var stream = typeof(PeopleAndDangerPairsTests).Assembly.GetManifestResourceStream(file)!;
        var pairs = JsonSerializer.Deserialize<ControlFile>(stream, RailJson.Options)!.Pairs.Where(pair => pair.Dimension == dimension);
        return (await PositiveControls.ExamineAsync(new RulesScorer(), pairs, TestContext.Current.CancellationToken)).Results[dimension];
    }

    private sealed record ControlFile(int Version, ImmutableArray<ControlPair> Pairs);
}
