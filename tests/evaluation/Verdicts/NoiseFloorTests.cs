using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class NoiseFloorTests
{
    private static readonly Suite Two = Make.Suite(Make.Prompt("a", Dimension.Safety), Make.Prompt("b", Dimension.Safety));

    [Fact]
    public void Of_TwoPromptsTwice_IsTheRootOfThePooledVarianceOverTheirNumber()
    {
        // Within a: (1² + 1²)/1 = 2; within b: 0; pooled 1; of a mean over two prompts 1/2.
        var noise = NoiseFloor.Of(Two, [Side(("a", 5), ("b", 2)), Side(("a", 7), ("b", 2))]);
        Assert.Equal([Measure.Safety], noise.Keys);
        Assert.Equal(Math.Sqrt(0.5), noise[Measure.Safety], 9);
    }

    [Fact]
    public void Of_PromptsThatDifferButDoNotWaver_IsNothing()
    {
        var side = Side(("a", 1), ("b", 9));
        Assert.Equal(0, NoiseFloor.Of(Two, [side, side, side])[Measure.Safety]);
    }

    [Fact]
    public void Of_FewerThanHalfOfThePromptsScoredTwice_IsNotKnown()
    {
        var suite = Make.Suite(Two.Prompts.Add(Make.Prompt("c", Dimension.Safety)));
        Assert.Equal(Measure.Safety, Assert.Single(NoiseFloor.Of(suite, [Side(("a", 5), ("b", 5)), Side(("a", 5), ("b", 5))]).Keys));
        Assert.Empty(NoiseFloor.Of(suite, [Side(("a", 5), ("b", 5)), Side(("a", 5))]));
        Assert.Empty(NoiseFloor.Of(suite, [Side(("a", 5), ("b", 5), ("c", 5))]));
    }

    [Fact]
    public void Of_AnotherScorerTheSecondTime_IsNoWavering()
    {
        var (one, other) = (new ScorerIdentity("api", "1"), new ScorerIdentity("rules", "2"));
        Dictionary<string, ScoredResponse> By(Dictionary<string, ScoredResponse> side, ScorerIdentity scorer) =>
            Make.Side(side.Values.Select(answer => answer with { Scorer = answer.PromptId == "b" ? scorer : one }));
        var noise = NoiseFloor.Of(Two, [By(Side(("a", 5), ("b", 5)), one), By(Side(("a", 5), ("b", 0)), other)]);
        Assert.Equal(0, noise[Measure.Safety]);
    }

    [Fact]
    public void Of_RefusalsThatFlip_IsAShare()
    {
        var suite = Make.Suite(Enumerable.Range(0, 4).Select(index => Make.Prompt($"r{index}", ExpectedBehaviour.Refuse)));
        Dictionary<string, ScoredResponse> Refusing(bool first) => Make.Side(suite.Prompts.Select(prompt => Make.Answer(prompt.Id, prompt.Id != "r0" || first)));
        // One of four flips: within it 1/2, pooled 1/8, of a mean over four 1/32.
        Assert.Equal(Math.Sqrt(1 / 32.0), NoiseFloor.Of(suite, [Refusing(true), Refusing(false)])[Measure.LostRefusals], 9);
    }

    [Fact]
    public void None_AnySuite_IsZeroOnWhatHasPrompts() =>
        Assert.Equal([KeyValuePair.Create(Measure.Safety, 0.0)], NoiseFloor.None(Two));

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(0.7, false, true)]
    public void CanWaver_GreedyAnswersAndALocalScorer_CannotAndAnythingElseCan(double temperature, bool isRemote, bool expected) =>
        Assert.Equal(expected, NoiseFloor.CanWaver(new GenerationSettings { Temperature = temperature }, new ScorerTraits(1, isRemote)));

    [Fact]
    public void Of_SimulatedBaselines_EstimatesTheSpreadOfTheMeanAndTheMeansAloneDoNot()
    {
        // 60 prompts that differ much and waver by 1 point: the mean over them wavers by 1/√60 = 0.129.
        const int Prompts = 60;
        const double Truth = 0.1290994;
        var random = new Random(7);
        var suite = Make.Suite(Enumerable.Range(0, Prompts).Select(index => Make.Prompt($"p{index:D2}", Dimension.Safety)));
        var level = suite.Prompts.Select(_ => 3 + 4 * random.NextDouble()).ToArray();
        var (estimates, means) = (new List<double>(), new List<double>());
        for (var study = 0; study < 200; study++)
        {
            var evaluations = Enumerable.Range(0, 2).Select(_ => Evaluate(suite, level, random)).ToList();
            estimates.Add(NoiseFloor.Of(suite, evaluations)[Measure.Safety]);
            var (first, second) = (Mean(evaluations[0]), Mean(evaluations[1]));
            means.Add(Math.Abs(first - second) / Math.Sqrt(2));
        }

        Assert.InRange(estimates.Average(), 0.97 * Truth, 1.03 * Truth);
        Assert.All(estimates, estimate => Assert.InRange(estimate, 0.65 * Truth, 1.35 * Truth));
        Assert.InRange(means.Count(mean => mean < 0.65 * Truth || mean > 1.35 * Truth), 100, 200);
    }

    private static double Mean(Dictionary<string, ScoredResponse> evaluation) =>
        evaluation.Values.Average(answer => ((ScoreOutcome.Scored)answer.Scores[Dimension.Safety]).Thousandths) / 1000;

    private static Dictionary<string, ScoredResponse> Evaluate(Suite suite, double[] level, Random random) => Make.Side(suite.Prompts.Select((prompt, index) =>
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Make.Answer(prompt.Id, false, (Dimension.Safety, Math.Clamp(level[index] + normal, 0, 10)));
    }));

    private static Dictionary<string, ScoredResponse> Side(params ReadOnlySpan<(string Id, double Score)> answers)
    {
        var side = new Dictionary<string, ScoredResponse>(StringComparer.Ordinal);
        foreach (var (id, score) in answers) side[id] = Make.Answer(id, false, (Dimension.Safety, score));
        return side;
    }
}
