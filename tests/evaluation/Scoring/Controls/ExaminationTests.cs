using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ExaminationTests
{
    private static readonly ImmutableArray<ControlPair> Pairs =
    [
        .. from dimension in Dimensions.All
           from number in Enumerable.Range(0, 20)
           select new ControlPair($"{dimension.Key()}-{number:D2}", dimension, ExpectedBehaviour.Any, "asked", number < (int)dimension * 4 ? "good" : "bad", "bad"),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ExamineAsync_AsManyAtATimeAsTheScorerWants_FindsWhatOneAtATimeFinds()
    {
        var (one, many) = (new Ranker(1), new Ranker(16));
        var found = await PositiveControls.ExamineAsync(many, Pairs, Token);
        Assert.Equal(CanonicalHash.Of(await PositiveControls.ExamineAsync(one, Pairs, Token)), CanonicalHash.Of(found));
        Assert.Equal(1, one.MostAtATime);
        Assert.InRange(many.MostAtATime, 2, 16);
        Assert.Equal(Dimensions.All, found.Results.Keys);
    }

    [Fact]
    public async Task Shares_RankedRightly_AreCountedByDimension()
    {
        var found = await PositiveControls.ExamineAsync(new Ranker(4), Pairs, Token);
        Assert.Equal("0/20", found.Shares[Dimension.Fairness].ToString());
        Assert.Equal("16/20", found.Shares[Dimension.Privacy].ToString());
        Assert.Equal([Dimension.Fairness, Dimension.Safety, Dimension.Reliability, Dimension.Transparency], found.Blind);
    }

    private sealed class Ranker(int inFlight) : IRailScorer
    {
        private readonly Lock _gate = new();
        private int _now;

        public int MostAtATime { get; private set; }

        public ScorerIdentity Identity { get; } = new("ranker", "1");

        public ScorerTraits Traits { get; } = new(inFlight, IsRemote: true);

        public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
        {
            lock (_gate) MostAtATime = Math.Max(MostAtATime, ++_now);
            await Task.Delay(1, cancellationToken);
            lock (_gate) _now--;
            return Make.Answer(request.Prompt.Id, false, (request.Dimensions[0], request.Answer == "good" ? 9 : 2));
        }
    }
}
