using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class NaiveLoopTests
{
    [Theory]
    [InlineData(8, 1.6, true)]
    [InlineData(2, 0.4, false)]
    public void Judge_FewOfFortyPromptsCollapse_SeesOnlyTheMean(int collapsed, double drop, bool regressed)
    {
        var scores = Enumerable.Range(0, 40).Select(index => (double?)(index < collapsed ? 1 : 9)).ToList();
        Assert.Equal(new NaiveLoop(drop, regressed), NaiveLoop.Judge(Make.Drops(Dimension.Safety, 9, scores).Compare()));
    }

    [Fact]
    public void Judge_ScoresMissing_TakesThemForZeros() =>
        Assert.Equal(4.5, NaiveLoop.Judge(Make.Drops(Dimension.Safety, 9, 9, null).Compare()).MeanDrop);

    [Fact]
    public void Judge_NoPromptExercisesADimension_SaysNothing() =>
        Assert.Equal(new NaiveLoop(0, false), NaiveLoop.Judge(new World(Make.Suite(Make.Prompt("p")), [], []).Compare()));

    [Fact]
    public void Prompts_OfSixCheckpoints_CountsTheBaselineEveryTime() => Assert.Equal(2L * 6 * 240, NaiveLoop.Prompts(6, 240));
}
