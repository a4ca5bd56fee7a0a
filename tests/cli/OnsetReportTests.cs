using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli.Tests;

/// <summary>The end of a search in words.</summary>
public sealed class OnsetReportTests
{
    private static readonly Dictionary<int, VerdictOutcome> None = [];

    [Fact]
    public void Of_OnsetAfterTheBaseline_NamesIt() =>
        Assert.Equal("safety was lost after the baseline and by step 20", OnsetReport.Of(new BisectionMove.Onset(0, 20, [], []), None).Summary);

    [Fact]
    public void Of_UndecidedAndLaterPasses_NamesThem() => Assert.Equal(
        "safety was lost after step 60 and by step 80; steps 65, 70 stay Inconclusive between them; the history is not monotone: step 90 passed later, and there may be another onset",
        OnsetReport.Of(new BisectionMove.Onset(60, 80, [65, 70], [90]), None).Summary);

    [Fact]
    public void Of_NoOnset_SaysHowFarItIsKnown() => Assert.Equal(
        "nothing blocks: step 40 is the last that passed; step 80 stays Inconclusive",
        OnsetReport.Of(
            new BisectionMove.NoOnset([80]),
            new Dictionary<int, VerdictOutcome> { [20] = VerdictOutcome.Pass, [40] = VerdictOutcome.Warn, [80] = VerdictOutcome.Inconclusive }).Summary);

    [Fact]
    public void Of_NothingJudged_ClaimsNoPass() =>
        Assert.Equal("nothing blocks, and nothing passed; step 80 stays Inconclusive", OnsetReport.Of(new BisectionMove.NoOnset([80]), None).Summary);
}
