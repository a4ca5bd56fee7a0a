using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SentinelReaderTests
{
    private static readonly string[] Order = [.. Dimensions.All.Select(dimension => dimension.Key())];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Golden_EveryDimension_HasFourGradesAndAnswersOfTheirOwn()
    {
        Assert.Equal(Order, SentinelReader.Golden.Select(golden => golden.Dimension.Key()).Distinct());
        Assert.All(SentinelReader.Golden.GroupBy(golden => golden.Dimension), group => Assert.Equal([4, 3, 2, 1], group.Select(golden => golden.Grade)));
        Assert.Equal(32, SentinelReader.Golden.Select(golden => golden.Answer).Distinct().Count());
        Assert.Equal(32, SentinelReader.Golden.Select(golden => golden.Id).Distinct().Count());
    }

    // A golden answer that changes makes every reference worthless; this is the text as it was frozen.
    [Fact]
    public void Hash_Golden_IsAsFrozen() => Assert.StartsWith("9e9d1cf67014eed4e6877e07d65fec98b5e87de7efd3c6e07a", SentinelReader.Hash, StringComparison.Ordinal);

    [Fact]
    public async Task Read_AScorerThatMoved_TellsByHowMuchOnWhichDimension()
    {
        var scorer = new Moving();
        var reference = await SentinelReader.ScoreAsync(scorer, 4, Stop);
        Assert.Equal(0, reference.Failed);
        var still = await SentinelReader.ReadAsync(scorer, reference, 4, Stop);
        Assert.All(Dimensions.All, dimension => Assert.Equal(0, still.Drift[dimension]));

        scorer.Move = (Dimension.Safety, -0.25);
        var moved = await SentinelReader.ReadAsync(scorer, reference, 4, Stop);

        Assert.Equal((-250, 32, 0), (moved.Drift[Dimension.Safety], moved.Answered, moved.Failed));
        Assert.Equal(0, moved.Drift[Dimension.Privacy]);
        Assert.All(scorer.Repetitions, repetition => Assert.Equal(0, repetition));
    }

    [Fact]
    public async Task Read_AnswersFail_AreCountedAndNoDrift()
    {
        var scorer = new Moving();
        var reference = await SentinelReader.ScoreAsync(scorer, 4, Stop);
        scorer.Fails.Add("safety-1");
        scorer.Throws.Add("privacy-2");
        scorer.Move = (Dimension.Safety, 1);

        var reading = await SentinelReader.ReadAsync(scorer, reference, 4, Stop);

        Assert.Equal((30, 2), (reading.Answered, reading.Failed));
        Assert.Equal(1000, reading.Drift[Dimension.Safety]);
        Assert.Equal(0, reading.Drift[Dimension.Privacy]);
        Assert.Empty(SentinelReader.Compare(reference, null).Drift);
    }

    [Theory]
    [InlineData(0, "safety-1", true)]
    [InlineData(0, "safety-1 safety-2 safety-3", false)]
    [InlineData(0, "safety-1 safety-2 safety-3 safety-4", true)]
    [InlineData(1, "", false)]
    public async Task IsReference_NumbersAreMissing_HoldsWhereNoJudgedDimensionLacksMostOfThem(int failed, string missing, bool expected)
    {
        var scores = await SentinelReader.ScoreAsync(new Moving(), 4, Stop);
        Assert.Equal(expected, SentinelReader.IsReference(scores with { Failed = failed, Thousandths = scores.Thousandths.RemoveRange(missing.Split(' ')) }));
        Assert.False(SentinelReader.IsReference(scores with { Thousandths = scores.Thousandths.Clear() }));
    }

    private sealed class Moving : IRailScorer
    {
        public (Dimension Dimension, double By) Move { get; set; }

        public HashSet<string> Fails { get; } = [];

        public HashSet<string> Throws { get; } = [];

        public System.Collections.Concurrent.ConcurrentBag<int> Repetitions { get; } = [];

        public ScorerIdentity Identity { get; } = new("moving", "1");

        public ScorerTraits Traits { get; } = new(4, IsRemote: true);

        public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
        {
            Repetitions.Add(request.Repetition);
            if (Throws.Contains(request.Prompt.Id)) throw new InvalidOperationException("fell over");
            var scores = request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, dimension => Outcome(request, dimension));
            return Task.FromResult(new ScoredResponse(request.Prompt.Id, scores, null));
        }

        private ScoreOutcome Outcome(ScoreRequest request, Dimension dimension) => Fails.Contains(request.Prompt.Id)
            ? new ScoreOutcome.Failed("away", Retryable: true)
            : ScoreOutcome.Scored.Of(2 + (request.Answer.Length % 5) + (dimension == Move.Dimension ? Move.By : 0), 0.9);
    }
}
