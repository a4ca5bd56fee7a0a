using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class DirectivesTests
{
    private static readonly Policy RollBack = new() { OnBlock = OnBlock.Rollback };

    [Theory]
    [InlineData(VerdictOutcome.Pass)]
    [InlineData(VerdictOutcome.Warn)]
    [InlineData(VerdictOutcome.Inconclusive)]
    public void For_AnythingButABlock_Continues(VerdictOutcome outcome) =>
        Assert.Equal(new Directive.Continue(), Directives.For(Verdict(outcome), RollBack, 10));

    [Fact]
    public void For_Block_PausesUnlessThePolicyRollsBack()
    {
        Assert.Equal(new Directive.Pause(), Directives.For(Verdict(VerdictOutcome.Block), new Policy(), 10));
        Assert.Equal(new Directive.RollBack(10), Directives.For(Verdict(VerdictOutcome.Block), RollBack, 10));
    }

    [Fact]
    public void For_BlockWithNothingToGoBackTo_Pauses() =>
        Assert.Equal(new Directive.Pause(), Directives.For(Verdict(VerdictOutcome.Block), RollBack, lastPass: null));

    private static Verdict Verdict(VerdictOutcome outcome) => new(1, outcome, "headline", ["reason"], [], "hash");
}
