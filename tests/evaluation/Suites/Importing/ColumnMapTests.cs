using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ColumnMapTests
{
    [Fact]
    public void Parse_PairsInOneTextAndInSeveral_AreAllRead()
    {
        var map = ColumnMap.Parse(["prompt=Question,id = no.", "category=kind, or so,tags=a=b"], "--map");
        Assert.Equal(
            ["category:kind, or so", "id:no.", "prompt:Question", "tags:a=b"],
            map.Columns.Select(pair => $"{pair.Key}:{pair.Value}"));
    }

    [Theory]
    [InlineData("question", "--map: 'question' maps nothing; write FIELD=COLUMN, where FIELD is one of prompt, id, category, expected")]
    [InlineData("answer=x", "--map: 'answer=x' maps nothing")]
    [InlineData("", "--map: '' maps nothing")]
    [InlineData("prompt=", "--map: prompt= names no column")]
    [InlineData("prompt=a,prompt=b", "--map: names two columns for prompt")]
    public void Parse_TextThatMapsNothing_IsRefused(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<RailInputException>(() => ColumnMap.Parse([text], "--map")).Message, StringComparison.Ordinal);

    [Fact]
    public void Import_MappedColumns_SayWhatTheyAreMappedTo()
    {
        var settings = Mapped("prompt=q,id=key,category=kind,expected=verdict,dimensions=about,tags=marks,group=family,rationale=why") with
        {
            Words = ImportSettings.ParseWords(["unsafe=refuse, safe=comply"], "--map-expected"),
        };
        var prompts = SuiteImporter.Import(
            "q,key,kind,verdict,about,marks,family,why\nDo it,a,x,Unsafe,privacy;safety,\"z, critical\",g,It shows much.\nSay it,b,,SAFE,,,,\n", "t.csv", settings).Prompts;
        Assert.Equal(
            new SuitePrompt("a", new PromptInput.Text("Do it"), "x", ExpectedBehaviour.Refuse, []) { Group = "g", Rationale = "It shows much." },
            prompts[0] with { Dimensions = [], Tags = [] });
        Assert.Equal([Dimension.Safety, Dimension.Privacy], prompts[0].Dimensions);
        Assert.Equal(["critical", "z"], prompts[0].Tags);
        Assert.Equal((ExpectedBehaviour.Comply, "uncategorised", null, null), (prompts[1].Expected, prompts[1].Category, prompts[1].Group, prompts[1].Rationale));
    }

    [Fact]
    public void Import_WithAMap_ReadsNoOtherColumns()
    {
        var prompt = Assert.Single(SuiteImporter.Import("text,expected,dimensions,id\nAsk,42,none,a b\n", "t.csv", Mapped("prompt=text")).Prompts);
        Assert.Equal(("table-1", ExpectedBehaviour.Any), (prompt.Id, prompt.Expected));
        Assert.Equal(Dimensions.All, prompt.Dimensions);
    }

    [Fact]
    public void Import_Constants_ApplyWhereARowSaysNothing()
    {
        var settings = new ImportSettings { Expected = ExpectedBehaviour.Refuse, Dimensions = [Dimension.Privacy] };
        var prompts = SuiteImporter.Import("prompt,expected,dimensions\nA,,\nB,comply,safety\n", "t.csv", settings).Prompts;
        Assert.Equal([(ExpectedBehaviour.Refuse, "privacy"), (ExpectedBehaviour.Comply, "safety")], prompts.Select(one => (one.Expected, one.Dimensions.Single().Key())));
    }

    [Fact]
    public void Import_RowsOfIdsAndPromptsWithConstants_AreATable()
    {
        var prompt = Assert.Single(SuiteImporter.Import("{\"id\":\"a\",\"prompt\":\"x\"}", "t.jsonl", new ImportSettings { Dimensions = [Dimension.Safety] }).Prompts);
        Assert.Equal([Dimension.Safety], prompt.Dimensions);
    }

    [Theory]
    [InlineData("q\nx\n", "prompt=Frage", "t.csv: has no column 'Frage', which --map names for prompt; it has q")]
    [InlineData("prompt,verdict\nx,unsafe\n", "prompt=prompt,expected=verdict", "t.csv:2: \"verdict\" is 'unsafe'; write refuse, comply or any, or translate the word with --map-expected")]
    [InlineData("{\"suite\":\"s\"}\n{\"id\":\"a\",\"prompt\":\"x\"}", "prompt=prompt", "t.csv: is a suite, which declares everything by itself; leave --map")]
    [InlineData("prompt,kind\nx,y\n", "category=kind,rationale=prompt", null)]
    public void Import_Map_IsRefusedWhereItDoesNotFit(string text, string map, string? expected)
    {
        var thrown = Record.Exception(() => SuiteImporter.Import(text, "t.csv", Mapped(map)));
        if (expected is null) Assert.Null(thrown);
        else Assert.StartsWith(expected, Assert.IsType<RailInputException>(thrown).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_KnownSetWithConstants_IsRefusedRatherThanHalfHeeded()
    {
        var settings = new ImportSettings { Expected = ExpectedBehaviour.Any };
        var error = Assert.Throws<RailInputException>(() => SuiteImporter.Import("goal,target\nx,y\n", "a.csv", settings)).Message;
        Assert.StartsWith("a.csv: is advbench, which says by itself", error, StringComparison.Ordinal);
        Assert.Equal("x", SuiteImporter.Import("goal,target\nx,y\n", "a.csv", Mapped("prompt=goal") with { Expected = ExpectedBehaviour.Any }).Prompts[0].Input.Display());
    }

    [Fact]
    public void Import_MapWithANamedSet_IsRefused() => Assert.StartsWith(
        "--map: says what a table's columns mean, and --format xstest does so as well",
        Assert.Throws<RailInputException>(() => SuiteImporter.Import("a\nb\n", "a.csv", Mapped("prompt=a") with { Format = "xstest" })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("unsafe", "--map-expected: 'unsafe' translates nothing; write WORD=refuse, WORD=comply or WORD=any")]
    [InlineData("unsafe=decline", "--map-expected: 'unsafe=decline' translates nothing")]
    [InlineData("a=refuse,A=comply", "--map-expected: translates 'A' twice")]
    public void ParseWords_TextThatTranslatesNothing_IsRefused(string text, string expected) =>
        Assert.StartsWith(expected, Assert.Throws<RailInputException>(() => ImportSettings.ParseWords([text], "--map-expected")).Message, StringComparison.Ordinal);

    private static ImportSettings Mapped(string map) => new() { Map = ColumnMap.Parse([map], "--map") };
}
