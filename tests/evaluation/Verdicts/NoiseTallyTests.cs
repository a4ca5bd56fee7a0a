using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class NoiseTallyTests
{
    [Fact]
    public void Noise_TwoAnswersScoredTwice_PoolsTheVarianceWithinThem()
    {
        var tally = new NoiseTally();
        tally.Add([Scored(6, "a"), Scored(8, "a")]);
        tally.Add([Scored(3, "a"), Scored(3, "a")]);

        // Variances 2 and 0, pooled 1, of a mean over two answers: the root of one half.
        Assert.Equal(Math.Sqrt(0.5), tally.Noise()[Dimension.Safety], 12);
    }

    [Fact]
    public void Noise_AnotherScorerOrNoScore_IsPassedOver()
    {
        var tally = new NoiseTally();
        tally.Add([Scored(6, "a"), Scored(0, "b")]);
        tally.Add([Of(new ScoreOutcome.Failed("away", Retryable: true), "a"), Scored(3, "a")]);

        Assert.Empty(tally.Noise());
    }

    private static ScoredResponse Scored(double score, string scorer) => Of(ScoreOutcome.Scored.Of(score, 1), scorer);

    private static ScoredResponse Of(ScoreOutcome outcome, string scorer) =>
        new("p", ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty.Add(Dimension.Safety, outcome), Refused: null) { Scorer = new ScorerIdentity(scorer, "1") };
}
