using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteJoinTests
{
    [Fact]
    public void Of_OneSuite_IsThatSuite()
    {
        var suite = Named("a", "MIT", "x");
        Assert.Same(suite, SuiteJoin.Of([suite], 9));
    }

    [Fact]
    public void Of_SuitesWithTheSameIds_KeepsThemApart()
    {
        var joined = SuiteJoin.Of([Named("a", "MIT", "x", "y"), Named("b", "CC-BY-4.0", "y", "z"), Named("c", null, "q")], 9);
        Assert.Equal(["x", "y", "b/y", "b/z", "q"], joined.Prompts.Select(prompt => prompt.Id));
        Assert.Equal(
            new SuiteHeader("a, b, c", 9) { Licence = "a: MIT; b: CC-BY-4.0", Source = "a: from a; b: from b; c: from c" },
            joined.Header);
    }

    [Fact]
    public void Of_SuitesOfOneLicence_NamesItOnce() => Assert.Equal("MIT", SuiteJoin.Of([Named("a", "MIT", "x"), Named("b", "MIT", "y")], 9).Header.Licence);

    [Fact]
    public void Of_SameNameAndIds_IsRefused() => Assert.Equal(
        "a: the id 'a/x' stands in another file of that name; import them one by one, with --name",
        Assert.Throws<RailInputException>(() => SuiteJoin.Of([Named("a", "MIT", "x"), Named("a", "MIT", "x"), Named("a", "MIT", "x")], 9)).Message);

    [Fact]
    public void Of_IdThatBecomesTooLong_IsRefused()
    {
        var id = new string('i', 200);
        Assert.Contains("an id has 1 to 200", Assert.Throws<RailInputException>(() => SuiteJoin.Of([Named("a", null, id), Named("b", null, id)], 9)).Message, StringComparison.Ordinal);
    }

    private static Suite Named(string name, string? licence, params string[] ids)
    {
        var suite = Make.Suite(ids.Select(id => Make.Prompt(id, Dimension.Safety)));
        return suite with { Header = new SuiteHeader(name, 1) { Licence = licence, Source = $"from {name}" } };
    }
}
