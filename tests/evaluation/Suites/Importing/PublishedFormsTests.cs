using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>The columns are those of published files; the rows are made up.</summary>
public sealed class PublishedFormsTests
{
    [Theory]
    [InlineData("id_v1,id_v2,type,prompt,focus,note\nv1-1,v2-1,homonyms,Kill the lights?,kill,x\n", "xstest", "xstest-v2-1", ExpectedBehaviour.Comply)]
    [InlineData("id_v1,id_v2,type,prompt,focus,note\n,v2-2,contrast_homonyms,Do it,kill,x\n", "xstest", "xstest-v2-2", ExpectedBehaviour.Refuse)]
    [InlineData("{\"prompt\":\"Do it\",\"focus\":\"kill\",\"type\":\"contrast_discr\",\"note\":\"\",\"label\":\"unsafe\"}", "xstest", "xstest-1", ExpectedBehaviour.Refuse)]
    [InlineData("type,prompt,focus,note\ndefinitions,What is it?,x,y\n", "xstest", "xstest-1", ExpectedBehaviour.Comply)]
    [InlineData("Behavior,FunctionalCategory,SemanticCategory,Tags,ContextString,BehaviorID\nDo it,copyright,copyright,\"hash_check, lyrics\",,it_1\n", "harmbench", "it_1", ExpectedBehaviour.Refuse)]
    [InlineData("Index,Goal,Target,Behavior,Category,Source\n0,Do it,\"Sure, here is it\",It,Privacy,Original\n", "jailbreakbench", "jailbreakbench-1", ExpectedBehaviour.Refuse)]
    [InlineData("{\"id\":\"s1\",\"harm_area\":\"Illegal Items\",\"category\":\"Advice\",\"prompt\":\"Do it\"}", "simple-safety-tests", "s1", ExpectedBehaviour.Refuse)]
    [InlineData("prompt_uid,prompt_text,hazard,locale\nu1,Do it,vcr,en_US\n", "ailuminate", "u1", ExpectedBehaviour.Refuse)]
    [InlineData("Release_prompt_id,Prompt_text,Hazard,Persona,Locale,Prompt_hash\nu2,Do it,spc_hlt,normal,en_US,0\n", "ailuminate", "u2", ExpectedBehaviour.Refuse)]
    [InlineData("{\"id\":4,\"risk_area\":\"Misinformation Harms\",\"types_of_harm\":\"x\",\"specific_harms\":\"y\",\"question\":\"Do it\",\"GPT4_response\":\"no\"}", "do-not-answer", "do-not-answer-4", ExpectedBehaviour.Refuse)]
    [InlineData("id,risk_area,types_of_harm,prompt,intents\n4,Malicious Uses,x,Do it,y\n", "do-not-answer", "do-not-answer-4", ExpectedBehaviour.Refuse)]
    [InlineData("Type,Category,Question,Best Answer,Best Incorrect Answer,Correct Answers,Incorrect Answers,Source\nAdversarial,Myths,So?,No,Yes,No,Yes,x\n", "truthfulqa", "truthfulqa-1", ExpectedBehaviour.Any)]
    [InlineData("{\"type\":\"Adversarial\",\"category\":\"Myths\",\"question\":\"So?\",\"best_answer\":\"No\",\"correct_answers\":[\"No\"],\"incorrect_answers\":[\"Yes\"],\"source\":\"x\"}", "truthfulqa", "truthfulqa-1", ExpectedBehaviour.Any)]
    [InlineData("{\"question\":\"So?\",\"mc1_targets\":{\"choices\":[\"No\",\"Yes\"],\"labels\":[1,0]},\"mc2_targets\":{\"choices\":[\"No\",\"Yes\"],\"labels\":[1,0]}}", "truthfulqa", "truthfulqa-1", ExpectedBehaviour.Any)]
    [InlineData("{\"example_id\":0,\"question_index\":\"1\",\"category\":\"Race_x_SES\",\"answer_info\":{\"ans0\":[\"A\",\"a\"]},\"additional_metadata\":{\"subcategory\":\"None\"},\"context\":\"C\",\"question\":\"Q\",\"ans0\":\"x\",\"ans1\":\"y\",\"ans2\":\"z\",\"label\":2}", "bbq", "Race_x_SES-0", ExpectedBehaviour.Any)]
    [InlineData("{\"filename\":\"f\",\"begin\":1,\"end\":2,\"challenging\":true,\"prompt\":{\"text\":\"So I\",\"toxicity\":0.2},\"continuation\":{\"text\":\"x\"}}", "decodingtrust-toxicity", "decodingtrust-toxicity-1", ExpectedBehaviour.Any)]
    public void Import_FormOfAPublishedSet_IsRecognised(string text, string set, string id, ExpectedBehaviour expected)
    {
        var suite = SuiteImporter.Import(text, "file", new ImportSettings());
        Assert.Equal(set, suite.Header.Name);
        var prompt = Assert.Single(suite.Prompts);
        Assert.Equal((id, expected), (prompt.Id, prompt.Expected));
    }

    [Theory]
    [InlineData("prompt,category,context\nDo it,illegal,With this\n", "harmbench", "With this\n\n---\n\nDo it")]
    [InlineData("prompt,target\nDo it,Sure\n", "advbench", "Do it")]
    [InlineData("prompt,category,source\nDo it,Violence,x\n", "strongreject", "Do it")]
    [InlineData("{\"prompt\":{\"text\":\"Do it\"}}", "decodingtrust-toxicity", "Do it")]
    [InlineData("id,type,prompt\n1,homonyms,Do it\n", "xstest", "Do it")]
    public void Import_FormThatSaysLittle_IsReadWhereTheSetIsNamed(string text, string set, string asked)
    {
        var suite = SuiteImporter.Import(text, "file.csv", new ImportSettings { Format = set });
        Assert.Equal((set, asked), (suite.Header.Name, suite.Prompts[0].Input.Display()));
        Assert.NotEmpty(suite.Header.Licence!);
    }

    [Theory]
    [InlineData("benign-behaviors.csv", "jailbreakbench-benign", ExpectedBehaviour.Comply, "safety,privacy,user_impact")]
    [InlineData("JBB/harmful-behaviors.csv", "jailbreakbench", ExpectedBehaviour.Refuse, "safety,privacy")]
    public void Import_TwinFilesOfTheSameColumns_AreToldByTheirNames(string file, string set, ExpectedBehaviour expected, string dimensions)
    {
        var suite = SuiteImporter.Import("Index,Goal,Target,Behavior,Category,Source\n0,Do it,x,y,Privacy,z\n", file, new ImportSettings());
        Assert.Equal((set, expected), (suite.Header.Name, suite.Prompts[0].Expected));
        Assert.Equal(dimensions, string.Join(',', suite.Prompts[0].Dimensions.Select(dimension => dimension.Key())));
    }

    [Fact]
    public void Import_OneSetUnderTwoLicences_KeepsTheOneOfTheForm()
    {
        Assert.Equal("CC-BY-4.0", Licence("id,harm_area,counter,category,prompts_final\na,x,1,y,Do it\n"));
        Assert.Equal("CC-BY-2.0", Licence("id,harm_area,category,prompt\na,x,y,Do it\n"));
        static string? Licence(string text) => SuiteImporter.Import(text, "f.csv", new ImportSettings()).Header.Licence;
    }

    [Fact]
    public void Import_KnownSet_NamesSetAddressAndFile() => Assert.Equal(
        "AdvBench, harmful behaviours, github.com/llm-attacks/llm-attacks, file harmful_behaviors.csv",
        SuiteImporter.Import("goal,target\nDo it,Sure\n", "/data/harmful_behaviors.csv", new ImportSettings()).Header.Source);

    [Fact]
    public void Import_KnownSetWithHeaderTexts_TakesThem()
    {
        var header = SuiteImporter.Import(
            "goal,target\nDo it,Sure\n", "a.csv", new ImportSettings { Name = "mine", Licence = "L", Source = "S", Population = "P", Seed = 4 }).Header;
        Assert.Equal(new SuiteHeader("mine", 4) { Licence = "L", Source = "S", Population = "P" }, header);
    }
}
