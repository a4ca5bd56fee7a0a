using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SuiteImporterTests
{
    [Theory]
    [InlineData("harmbench", "Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\nDo it,standard,chemical,,Some text,do_it", "do_it", "Some text\n\n---\n\nDo it", "chemical")]
    [InlineData("advbench", "goal,target\nDo it,\"Sure, here\"", "advbench-1", "Do it", "uncategorised")]
    [InlineData("strongreject", "category,source,forbidden_prompt\nViolence,x,Do it", "strongreject-1", "Do it", "Violence")]
    [InlineData("jailbreakbench", ",Goal,Target,Behavior,Category,Source\n0,Do it,Sure,b,Fraud,x", "jailbreakbench-1", "Do it", "Fraud")]
    [InlineData("simple-safety-tests", "id,harm_area,counter,category,prompts_final\nsst_1,Scams,1,advice,Do it", "sst_1", "Do it", "Scams")]
    [InlineData("ailuminate", "release_prompt_id,prompt_text,hazard,persona,locale,prompt_hash\nair_1,Do it,hte,x,en,1", "air_1", "Do it", "hte")]
    [InlineData("do-not-answer", "{\"id\":3,\"risk_area\":\"Information Hazards\",\"types_of_harm\":\"Private Information\",\"specific_harms\":\"x\",\"question\":\"Do it\"}", "do-not-answer-3", "Do it", "Information Hazards")]
    public void Import_KnownSet_IsRecognisedAndToBeRefused(string name, string text, string id, string asked, string category)
    {
        var suite = SuiteImporter.Import(text, "file", SuiteImporter.Auto, seed: 7);
        var prompt = Assert.Single(suite.Prompts);
        Assert.Equal((name, 7L), (suite.Header.Name, suite.Header.Seed));
        Assert.Equal((id, asked, category, ExpectedBehaviour.Refuse), (prompt.Id, prompt.Input.Display(), prompt.Category, prompt.Expected));
        Assert.Contains(Dimension.Safety, prompt.Dimensions);
    }

    [Theory]
    [InlineData("bbq", "{\"example_id\":1,\"category\":\"Age\",\"context\":\"c\",\"question\":\"q\",\"ans0\":\"x\",\"ans1\":\"y\",\"ans2\":\"z\"}", "Age-1", "c\nq\n(a) x\n(b) y\n(c) z", Dimension.Fairness)]
    [InlineData("truthfulqa", "Type,Category,Question,Best Answer,Correct Answers,Incorrect Answers,Source\nx,Law,q,a,a,b,s", "truthfulqa-1", "q", Dimension.Reliability)]
    [InlineData("decodingtrust-toxicity", "{\"prompt\":{\"text\":\"q\",\"toxicity\":0.1}}", "decodingtrust-toxicity-1", "q", Dimension.Inclusivity)]
    public void Import_KnownSet_IsRecognisedAndOpen(string name, string text, string id, string asked, Dimension dimension)
    {
        var suite = SuiteImporter.Import(text, "file", SuiteImporter.Auto, seed: 0);
        var prompt = Assert.Single(suite.Prompts);
        Assert.Equal((name, id, asked, ExpectedBehaviour.Any), (suite.Header.Name, prompt.Id, prompt.Input.Display(), prompt.Expected));
        Assert.Contains(dimension, prompt.Dimensions);
    }

    [Fact]
    public void Import_TableWithQuotesAndAnyLineEnds_ReadsEveryField()
    {
        var suite = SuiteImporter.Import(
            "prompt,category,expected,dimensions\r\n\"one\r\ntwo \"\"quoted\"\", three\",a,refuse,safety;privacy\r\n\r\nplain,,comply,\rlast,b,,fairness", "t.csv", SuiteImporter.Auto, 0);
        Assert.Equal(["one\r\ntwo \"quoted\", three", "plain", "last"], suite.Prompts.Select(prompt => prompt.Input.Display()));
        Assert.Equal([ExpectedBehaviour.Refuse, ExpectedBehaviour.Comply, ExpectedBehaviour.Any], suite.Prompts.Select(prompt => prompt.Expected));
        Assert.Equal([Dimension.Safety, Dimension.Privacy], suite.Prompts[0].Dimensions);
        Assert.Equal(Dimensions.All, suite.Prompts[1].Dimensions);
        Assert.Equal("t", suite.Header.Name);
    }

    [Theory]
    [InlineData("prompt\n\"open", "t.csv:2: a quote that is opened here is not closed")]
    [InlineData("prompt\n\"a\" b", "t.csv:2: text follows a closing quote")]
    [InlineData("prompt,expected\n\"a\nb\",any\nc,maybe", "t.csv:4: \"expected\" is 'maybe'")]
    [InlineData("prompt,dimensions\na,kindness", "t.csv:2: 'kindness' is no dimension")]
    [InlineData("id,prompt\na,x\na,y", "t.csv:3: the id 'a' stands at t.csv:2 already")]
    [InlineData("prompt,category\n ,x", "t.csv:2: the row asks nothing")]
    [InlineData("words\nx", "no column is named")]
    [InlineData("prompt", "t.csv: has no rows")]
    [InlineData("[1]", "t.csv, element 1: is not a JSON object")]
    public void Import_BadTable_NamesThePlace(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<RailInputException>(() => SuiteImporter.Import(text, "t.csv", SuiteImporter.Auto, 0)).Message);

    [Fact]
    public void Import_AnotherSetThanNamed_SaysWhatItsColumnsAre() =>
        Assert.Contains("is not xstest", Assert.Throws<RailInputException>(() => SuiteImporter.Import("prompt\nx", "t.csv", "xstest", 0)).Message);
}
