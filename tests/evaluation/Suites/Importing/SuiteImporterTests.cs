using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteImporterTests
{
    [Theory]
    [InlineData("Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\nDo it,standard,crime,,With this,do_it\n",
        "harmbench", "do_it", "crime", ExpectedBehaviour.Refuse, "With this\n\n---\n\nDo it", "safety")]
    [InlineData("goal,target\nDo it,Sure\n", "advbench", "advbench-1", "uncategorised", ExpectedBehaviour.Refuse, "Do it", "safety")]
    [InlineData("category,source,forbidden_prompt\nviolence,custom,Do it\n", "strongreject", "strongreject-1", "violence", ExpectedBehaviour.Refuse, "Do it", "safety")]
    [InlineData(",Goal,Target,Behavior,Category,Source\n0,Do it,Sure,Doing,Fraud,Original\n",
        "jailbreakbench", "jailbreakbench-1", "Fraud", ExpectedBehaviour.Refuse, "Do it", "safety")]
    [InlineData("id,prompt,type,label,focus,note\n1,Kill a process?,homonyms,safe,kill,\n",
        "xstest", "xstest-1", "homonyms", ExpectedBehaviour.Comply, "Kill a process?", "safety,user_impact")]
    [InlineData("id,prompt,type,label,focus,note\n2,Do it,contrast_homonyms,unsafe,kill,\n",
        "xstest", "xstest-2", "contrast_homonyms", ExpectedBehaviour.Refuse, "Do it", "safety")]
    [InlineData("id,prompt,type,label,focus,note\n3,Her address?,privacy_public,safe,,\n",
        "xstest", "xstest-3", "privacy_public", ExpectedBehaviour.Comply, "Her address?", "safety,privacy,user_impact")]
    [InlineData("id,harm_area,counter,category,prompts_final\nsst_001,\"Fraud, Scams\",1,Advice,Do it\n",
        "simple-safety-tests", "sst_001", "Fraud, Scams", ExpectedBehaviour.Refuse, "Do it", "safety")]
    [InlineData("id,risk_area,types_of_harm,specific_harms,question\n4,Information Hazards,Compromise privacy by leaking,x,Do it\n",
        "do-not-answer", "do-not-answer-4", "Information Hazards", ExpectedBehaviour.Refuse, "Do it", "safety,privacy")]
    [InlineData("Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\nAdversarial,Myths,Is it so?,No,No,Yes,x\n",
        "truthfulqa", "truthfulqa-1", "Myths", ExpectedBehaviour.Any, "Is it so?", "reliability,transparency")]
    [InlineData("release_prompt_id,prompt_text,hazard,persona,locale,prompt_hash\nair_1,Do it,hte,normal,en_us,0\n",
        "ailuminate", "air_1", "hte", ExpectedBehaviour.Refuse, "Do it", "fairness,safety")]
    [InlineData("{\"example_id\":3,\"category\":\"Age\",\"context\":\"C\",\"question\":\"Q\",\"ans0\":\"x\",\"ans1\":\"y\",\"ans2\":\"z\"}",
        "bbq", "Age-3", "Age", ExpectedBehaviour.Any, "C\nQ\n(a) x\n(b) y\n(c) z", "fairness,inclusivity")]
    [InlineData("{\"prompt\":{\"text\":\"So I\",\"toxicity\":0.9}}",
        "decodingtrust-toxicity", "decodingtrust-toxicity-1", "toxic", ExpectedBehaviour.Any, "So I", "safety,inclusivity")]
    public void Import_KnownSet_IsRecognisedAndReadAsItIsMeant(
        string text, string set, string id, string category, ExpectedBehaviour expected, string asked, string dimensions)
    {
        foreach (var format in (string[])["auto", set])
        {
            var suite = Import(text, "file.csv", format, seed: 3);
            Assert.Equal((set, 3L), (suite.Header.Name, suite.Header.Seed));
            Assert.EndsWith(", file file.csv", suite.Header.Source, StringComparison.Ordinal);
            Assert.NotEmpty(suite.Header.Licence!);
            var prompt = Assert.Single(suite.Prompts);
            Assert.Equal((id, category, expected, asked), (prompt.Id, prompt.Category, prompt.Expected, prompt.Input.Display()));
            Assert.Equal(dimensions, string.Join(',', prompt.Dimensions.Select(dimension => dimension.Key())));
        }
    }

    [Theory]
    [InlineData("\n", "")]
    [InlineData("\r\n", "\uFEFF")]
    public void Import_QuotedLineBreaksAndMarks_KeepThePrompt(string end, string mark)
    {
        var text = $"{mark}goal,target{end}\"Say \"\"no\"\",{end}then go\",x{end}{end}it's \"plain\",y{end}";
        var suite = Import(text, "a.csv", "auto", 0);
        Assert.Equal([$"Say \"no\",{end}then go", "it's \"plain\""], suite.Prompts.Select(prompt => prompt.Input.Display()));
    }

    [Fact]
    public void Import_LineEndsOfEveryKindInOneFile_SeparateRows() => Assert.Equal(
        ["one\r\ntwo", "plain", "last"],
        Import("prompt,category\r\n\"one\r\ntwo\",a\r\n\r\nplain,\rlast,b\n", "t.csv", "auto", 0).Prompts.Select(prompt => prompt.Input.Display()));

    [Fact]
    public void Import_Table_TakesWhatItDeclares()
    {
        var suite = Import("id,text,category,expected,dimensions\nq,Ask,cat,refuse,privacy;safety\nr,Ask more,,,\n", "mine.csv", "auto", 5);
        Assert.Equal("mine", suite.Header.Name);
        Assert.Equal((ExpectedBehaviour.Refuse, "cat"), (suite.Prompts[0].Expected, suite.Prompts[0].Category));
        Assert.Equal([Dimension.Safety, Dimension.Privacy], suite.Prompts[0].Dimensions);
        Assert.Equal((ExpectedBehaviour.Any, "uncategorised"), (suite.Prompts[1].Expected, suite.Prompts[1].Category));
        Assert.Equal(Dimensions.All, suite.Prompts[1].Dimensions);
    }

    [Fact]
    public void Import_SuiteFile_KeepsAllThatASuiteDeclares()
    {
        const string text = "{\"id\":\"a\",\"prompt\":\"x\",\"tags\":[\"critical\"],\"group\":\"g\"}\n";
        var prompt = Assert.Single(Import(text, "mine.jsonl", "auto", 5).Prompts);
        Assert.True(prompt.IsCritical);
        Assert.Equal("g", prompt.Group);
    }

    [Fact]
    public void Import_JsonArray_NumbersWhatHasNoId() => Assert.Equal(
        ["table-1", "table-2"],
        Import("[{\"prompt\":\"x\"},{\"prompt\":\"y\"}]", "a.json", "auto", 0).Prompts.Select(prompt => prompt.Id));

    [Theory]
    [InlineData("a,b\n1,2\n", "auto", "f.csv: the columns a, b are those of no known set (harmbench, jailbreakbench-benign, jailbreakbench,")]
    [InlineData("a,b\n1,2\n", "xstest", "f.csv: is not xstest, whose columns are id_v2, type, prompt; or id, prompt, type, label; or")]
    [InlineData("a,b\n1,2\n", "excel", "'excel' is no format; there are auto, suite, table, harmbench")]
    [InlineData("goal,target\n", "auto", "f.csv: has no rows")]
    [InlineData("", "auto", "f.csv: has no rows")]
    [InlineData("goal,target\nx,y\nz\n", "auto", "f.csv:3: the row has 1 fields and the first line names 2")]
    [InlineData("goal,target\n\"x\ny\",z\n\"open,y\n", "auto", "f.csv:4: a quote that is opened in this row is not closed; is the file whole?")]
    [InlineData("goal,target\n\"x\"y,z\n", "auto", "f.csv:2: text follows a closing quote")]
    [InlineData("goal,target\n,z\n", "auto", "f.csv:2: the row asks nothing")]
    [InlineData("id,prompt\na,x\na,y\n", "auto", "f.csv:3: the id 'a' stands at f.csv:2 already")]
    [InlineData("id,prompt,expected\na,x,decline\n", "auto", "f.csv:2: \"expected\" is 'decline'; write refuse, comply or any, or translate the word with --map-expected")]
    [InlineData("id,prompt,dimensions\na,x,kindness\n", "auto", "f.csv:2: 'kindness' is no dimension; the eight are fairness")]
    [InlineData("id,prompt,type,label,focus,note\n1,x,t,maybe,,\n", "auto", "f.csv:2: the label is 'maybe'; XSTest has safe and unsafe")]
    [InlineData("{\"prompt\":\"x\"}\n{", "auto", "f.csv:2: the line is not JSON")]
    [InlineData("{\"prompt\":\"\\ud83d\"}", "auto", "f.csv:1: the line holds a \\u escape for half a character")]
    [InlineData("[{\"prompt\":\"x\"},3]", "auto", "f.csv, element 2: is not a JSON object")]
    public void Import_Fault_IsNamedWithItsPlace(string text, string format, string expected)
    {
        var error = Assert.Throws<RailInputException>(() => Import(text, "f.csv", format, 0)).Message;
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void Import_XSTestAsPublished_HasItsPromptsByLabel()
    {
        var facts = SuiteFacts.Of(Import(SharedData.Read("xstest_prompts.csv"), "xstest_prompts.csv", "auto", 0));
        Assert.Equal(("xstest", 450), (facts.Name, facts.Prompts));
        Assert.Equal((250, 200), (facts.Expected[ExpectedBehaviour.Comply], facts.Expected[ExpectedBehaviour.Refuse]));
        Assert.True(facts.Measures[(int)Measure.Privacy].Prompts > 0);
    }

    [Fact]
    public void Import_SimpleSafetyTestsAsPublished_AreAllToRefuse()
    {
        var facts = SuiteFacts.Of(Import(SharedData.Read("simple_safety_tests.csv"), "simple_safety_tests.csv", "auto", 0));
        Assert.Equal(("simple-safety-tests", 100, 5), (facts.Name, facts.Prompts, facts.Categories.Count));
        Assert.Equal(100, facts.Expected[ExpectedBehaviour.Refuse]);
        Assert.All(facts.Categories.Values, count => Assert.Equal(20, count));
    }

    private static Suite Import(string text, string source, string format, long seed) =>
        SuiteImporter.Import(text, source, new ImportSettings { Format = format, Seed = seed });
}
