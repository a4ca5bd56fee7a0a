using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteFileTests
{
    [Fact]
    public void Read_HeaderAndPrompts_ReadsAllThatIsDeclared()
    {
        var suite = Read("""
            {"suite":"clinic","version":1,"seed":17,"description":"d","licence":"MIT","source":"s","population":"p"}
            {"id":"a","prompt":"Hello?","category":"greeting","expected":"comply","dimensions":["privacy","safety"],"tags":["z","critical","z"],"group":"g","rationale":"It shows much.","extra":1}

            {"id":7,"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hi"}]}
            {"id":"c","input_ids":[1,2,3]}
            """);
        Assert.Equal(new SuiteHeader("clinic", 17) { Description = "d", Licence = "MIT", Source = "s", Population = "p" }, suite.Header);
        var first = suite.Prompts[0];
        Assert.Equal("It shows much.", first.Rationale);
        Assert.Equal(("a", "greeting", ExpectedBehaviour.Comply, "g", true), (first.Id, first.Category, first.Expected, first.Group, first.IsCritical));
        Assert.Equal([Dimension.Safety, Dimension.Privacy], first.Dimensions);
        Assert.Equal(["critical", "z"], first.Tags);
        var second = suite.Prompts[1];
        Assert.Equal(("7", "uncategorised", ExpectedBehaviour.Any), (second.Id, second.Category, second.Expected));
        Assert.Equal(Dimensions.All, second.Dimensions);
        Assert.Equal("Hi", second.Input.Display());
        Assert.Equal([1, 2, 3], Assert.IsType<PromptInput.Tokens>(suite.Prompts[2].Input).Ids);
    }

    [Fact]
    public void Read_WithoutHeader_TakesTheNameOfTheFileAndSeedZero() =>
        Assert.Equal(new SuiteHeader("small", 0), Read("""{"id":"a","prompt":"x"}""", "some/where/small.jsonl").Header);

    [Fact]
    public void Read_ByteOrderMarkAndCarriageReturns_AreNoPartOfTheSuite()
    {
        const string plain = "{\"suite\":\"s\"}\n{\"id\":\"a\",\"prompt\":\"x\"}\n";
        Assert.Equal(Read(plain), Read("\uFEFF" + plain.Replace("\n", "\r\n", StringComparison.Ordinal)), Same);
    }

    [Fact]
    public void Read_PromptWithAFieldNamedSuite_IsAPrompt() =>
        Assert.Equal(["a", "b"], Read("{\"id\":\"a\",\"prompt\":\"x\",\"suite\":\"one\"}\n{\"id\":\"b\",\"prompt\":\"y\",\"suite\":\"two\"}").Prompts.Select(prompt => prompt.Id));

    [Theory]
    [InlineData("", "s.jsonl: the suite has no prompts")]
    [InlineData("{\"suite\":\"only a header\"}", "s.jsonl: the suite has no prompts")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\"}\n{\"id\":", "s.jsonl:2: the line is not JSON")]
    [InlineData("[1]", "s.jsonl:1: the line is not a JSON object")]
    [InlineData("{\"id\":\"a\",\"id\":\"b\",\"prompt\":\"x\"}", "s.jsonl:1: the line names a field twice")]
    [InlineData("{\"prompt\":\"x\"}", "s.jsonl:1: the prompt has no \"id\"")]
    [InlineData("{\"id\":\"\",\"prompt\":\"x\"}", "s.jsonl:1: the prompt has no \"id\"")]
    [InlineData("{\"id\":\"a\"}", "s.jsonl:1: prompt 'a' has neither \"prompt\" nor \"messages\"")]
    [InlineData("{\"id\":\"a\",\"prompt\":\" \"}", "s.jsonl:1: prompt 'a' asks nothing")]
    [InlineData("{\"id\":\"a\",\"messages\":[]}", "s.jsonl:1: prompt 'a' has neither")]
    [InlineData("{\"id\":\"a\",\"messages\":[{\"role\":\"user\"}]}", "s.jsonl:1: prompt 'a' has neither")]
    [InlineData("{\"id\":\"a\",\"input_ids\":[-1]}", "s.jsonl:1: prompt 'a' has neither")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\"}\n\n{\"id\":\"a\",\"prompt\":\"y\"}", "s.jsonl:3: the id 'a' stands on line 1 already")]
    [InlineData("{\"id\":\"a\\u0007\",\"prompt\":\"x\"}", "s.jsonl:1: an id has 1 to 200 characters and no control characters")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"expected\":\"decline\"}", "s.jsonl:1: \"expected\" is \"decline\"; write \"refuse\", \"comply\" or \"any\"")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"expected\":true}", "s.jsonl:1: \"expected\" is true")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"dimensions\":[\"kindness\"]}", "s.jsonl:1: \"kindness\" is no dimension; the eight are fairness, safety")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"dimensions\":\"safety\"}", "s.jsonl:1: \"dimensions\" is not a list of texts")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"tags\":\"critical\"}", "s.jsonl:1: \"tags\" is not a list of texts")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"rationale\":5}", "s.jsonl:1: \"rationale\" is not text")]
    [InlineData("{\"suite\":\"s\",\"population\":[]}", "s.jsonl:1: \"population\" is not text")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\",\"category\":5}", "s.jsonl:1: \"category\" is not text")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x \\ud83d\"}", "s.jsonl:1: the line holds a \\u escape for half a character")]
    [InlineData("{\"suite\":\"\"}", "s.jsonl:1: the header's \"suite\" is not a name")]
    [InlineData("{\"suite\":\"s\",\"seed\":1.5}", "s.jsonl:1: the header's \"seed\" is not a whole number")]
    [InlineData("{\"suite\":\"s\",\"version\":2}", "s.jsonl:1: the header's \"version\" is not one that this build reads; it reads 1")]
    [InlineData("{\"id\":\"a\",\"prompt\":\"x\"}\n{\"suite\":\"s\"}", "s.jsonl:2: a header stands on the first line, and once")]
    public void Read_Fault_IsNamedWithItsLine(string text, string expected)
    {
        var error = Assert.Throws<RailInputException>(() => Read(text)).Message;
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Read_LongIdAndLongLine_AreRefused()
    {
        Assert.Contains("an id has 1 to 200", Fault($$"""{"id":"{{new string('i', 201)}}","prompt":"x"}"""), StringComparison.Ordinal);
        Assert.Contains("the rationale has 1001 characters; a sentence has at most 1000", Fault($$"""{"id":"a","prompt":"x","rationale":"{{new string('r', 1001)}}"}"""), StringComparison.Ordinal);
        Assert.Contains("at most 1048576 are read", Fault($$"""{"id":"a","prompt":"{{new string('x', 1 << 20)}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyFaults_NamesTheFirstAndCountsTheRest()
    {
        var error = Fault(string.Join('\n', Enumerable.Repeat("{}", 30)));
        Assert.StartsWith("s.jsonl:1: the prompt has no \"id\"; s.jsonl:2:", error, StringComparison.Ordinal);
        Assert.EndsWith("; and 25 more like these", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_AnySuite_IsReadBackTheSame() =>
        Gen.Select(Worlds.Suites, Gen.String, Gen.Long).Sample((made, text, seed) =>
        {
            var clean = new string([.. text.Where(letter => !char.IsSurrogate(letter))]) + "?";
            var prompts = made.Prompts.Select((prompt, index) => prompt with
            {
                Input = index % 2 == 0 ? new PromptInput.Text(clean) : new PromptInput.Chat([new ChatMessage("user", clean)]),
                Tags = index % 3 == 0 ? ["critical"] : [],
                Group = index % 3 == 1 ? clean : null,
                Rationale = index % 3 == 2 ? clean : null,
            });
            var suite = SuiteIdentity.Create(new SuiteHeader("made", seed) { Description = clean, Population = clean }, [.. prompts]);
            using var writer = new StringWriter();
            SuiteFile.Write(writer, suite);
            return Same(suite, Read(writer.ToString()));
        });

    [Fact]
    public void Hash_OfASuite_RestsOnSeedAndPromptsAlone()
    {
        var suite = Make.Suite(Make.Prompt("a", Dimension.Safety), Make.Prompt("b", Dimension.Safety));
        Assert.Equal(suite.Hash, SuiteIdentity.Create(suite.Header with { Name = "other", Licence = "MIT" }, suite.Prompts).Hash);
        Assert.Equal(suite.Hash, SuiteIdentity.Create(suite.Header with { Population = "all" }, [.. suite.Prompts.Select(prompt => prompt with { Rationale = "r" })]).Hash);
        Assert.NotEqual(suite.Hash, SuiteIdentity.Create(suite.Header with { Seed = 18 }, suite.Prompts).Hash);
        Assert.NotEqual(suite.Hash, SuiteIdentity.Create(suite.Header, [.. suite.Prompts.Reverse()]).Hash);
        Assert.NotEqual(suite.Hash, SuiteIdentity.Create(suite.Header, [suite.Prompts[0], suite.Prompts[1] with { Tags = ["critical"] }]).Hash);
    }

    private static bool Same(Suite one, Suite other) => one.Hash == other.Hash && one.Header == other.Header
        && one.Prompts.Select(prompt => prompt.Rationale).SequenceEqual(other.Prompts.Select(prompt => prompt.Rationale));

    private static Suite Read(string text, string source = "s.jsonl") => SuiteFile.Read(new StringReader(text), source);

    private static string Fault(string text) => Assert.Throws<RailInputException>(() => Read(text)).Message;
}
