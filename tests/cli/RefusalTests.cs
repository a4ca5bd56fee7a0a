namespace RailCluster.Cli.Tests;

/// <summary>Users' mistakes: one clear line, exit code 2, nothing half-written.</summary>
public sealed class RefusalTests : RailTest
{
    [Theory]
    [InlineData("no-such-command")]
    [InlineData("compare", "a", "b", "--no-such-option")]
    [InlineData("gate", "a", "b", "c")]
    [InlineData("compare", "a", "b", "--format", "xml")]
    [InlineData("suite")]
    [InlineData("eval", "--model", "m")]
    [InlineData("generate", "--model", "m", "--prompts", "p", "--out", "o", "--seed", "many")]
    public async Task Parse_WrongUsage_NamesTheHelp(params string[] arguments) => await RefusesAsync("--help' shows the usage", arguments);

    [Fact]
    public async Task Show_MissingFile_IsNamed() => await RefusesAsync("nothing.jsonl: no such file", "suite", "show", At("nothing.jsonl"));

    [Fact]
    public async Task Show_Folder_IsNamed() => await RefusesAsync("is a folder", "suite", "show", Folder);

    [Fact]
    public async Task Show_EmptySuite_IsNamed() => await RefusesAsync("has no prompts", "suite", "show", Write("s.jsonl", ""));

    [Fact]
    public async Task Show_NotUtf8_IsNamed()
    {
        await File.WriteAllBytesAsync(At("s.jsonl"), [0x7B, 0xFF, 0xFE], TestContext.Current.CancellationToken);
        await RefusesAsync("is not UTF-8", "suite", "show", At("s.jsonl"));
    }

    [Fact]
    public async Task Show_DuplicateIds_NamesBothLines() =>
        await RefusesAsync("s.jsonl:2: the id 'a' stands on line 1 already", "suite", "show", Write("s.jsonl", """{"id":"a","prompt":"x"}""", """{"id":"a","prompt":"y"}"""));

    [Fact]
    public async Task Import_MalformedLine_NamesFileAndLine() =>
        await RefusesAsync("s.jsonl:2: the line is not JSON", "suite", "import", Write("s.jsonl", """{"id":"a","prompt":"x"}""", "{oops"), "--out", At("out.jsonl"));

    [Fact]
    public async Task Import_RowTooShort_NamesFileAndLine() =>
        await RefusesAsync("t.csv:4: the row has 1 fields", "suite", "import", Write("t.csv", "id,prompt", "1,\"two", "lines\"", "alone"), "--out", At("out.jsonl"));

    [Fact]
    public async Task Import_SampleTooLarge_IsRefused() =>
        await RefusesAsync("a sample of 9 cannot be drawn from 3 prompts", "suite", "import", Write("s.jsonl", Samples.Suite), "--out", At("o.jsonl"), "--sample", "9");

    [Fact]
    public async Task Inspect_MissingFolder_IsNamed() => await RefusesAsync("no-model", "model", "inspect", At("no-model"));

    [Fact]
    public async Task Inspect_UnknownLayout_IsNamed()
    {
        Write("model/weights.bin", "x");
        await RefusesAsync(At("model"), "model", "inspect", At("model"));
    }

    [Fact]
    public async Task Tokenize_MissingModel_IsNamed() => await RefusesAsync("no-model", "tokenize", "--model", At("no-model"));

    [Fact]
    public async Task Generate_DuplicateIds_NamesTheLine() =>
        await RefusesAsync("p.jsonl:2: the id 'a' stands at", "generate", "--model", At("m"), "--out", At("o"), "--prompts", Write("p.jsonl", """{"id":"a","prompt":"x"}""", """{"id":"a","prompt":"x"}"""));

    [Fact]
    public async Task Generate_RowWithoutPrompt_NamesTheLine() =>
        await RefusesAsync("p.jsonl:1: the row has neither", "generate", "--model", At("m"), "--out", At("o"), "--prompts", Write("p.jsonl", """{"id":"a"}"""));

    [Theory]
    [InlineData("""{"prompt":5}""", "\"prompt\" is not a text")]
    [InlineData("""{"messages":[]}""", "\"messages\" is not a list")]
    [InlineData("""{"messages":[{"role":"user"}]}""", "\"messages\" is not a list")]
    [InlineData("""{"input_ids":[1,-1]}""", "\"input_ids\" is not a list")]
    public async Task Generate_MalformedPrompt_NamesTheField(string row, string fault) =>
        await RefusesAsync($"p.jsonl:1: {fault}", "generate", "--model", At("m"), "--out", At("o"), "--prompts", Write("p.jsonl", row));

    [Theory]
    [InlineData("--temperature", "-1")]
    [InlineData("--top-p", "0")]
    [InlineData("--max-new-tokens", "0")]
    [InlineData("--slots", "0")]
    [InlineData("--threads", "99999")]
    [InlineData("--min-new-tokens", "257")]
    [InlineData("--top-k", "1.5")]
    [InlineData("--repetition-penalty", "much")]
    [InlineData("--temperature", "NaN")]
    [InlineData("--stop", "")]
    [InlineData("--device", "tpu")]
    [InlineData("--device", "cuda:x")]
    public async Task Generate_ValueOutOfRange_NamesTheOption(string option, string value) =>
        await RefusesAsync(option, "generate", "--model", At("m"), "--out", At("o"), "--prompts", Write("p.jsonl", """{"id":"a","prompt":"x"}"""), option, value);

    [Fact]
    public async Task Score_UnknownScorer_IsNamed() =>
        await RefusesAsync("--scorer oracle: no such scorer", "score", "--responses", Write("r.jsonl", Samples.Safe), "--out", At("o"), "--scorer", "oracle");

    [Fact]
    public async Task Score_ScorerNotInThisBuild_IsNamed() =>
        await RefusesAsync("--scorer judge", "score", "--responses", Write("r.jsonl", Samples.Safe), "--out", At("o"), "--scorer", "judge");

    [Fact]
    public async Task Score_UnknownDimension_IsNamed() =>
        await RefusesAsync("'kindness' is no dimension", "score", "--responses", Write("r.jsonl", Samples.Safe), "--out", At("o"), "--dimensions", "safety,kindness");

    [Fact]
    public async Task Score_FieldTwice_NamesTheLine() =>
        await RefusesAsync("r.jsonl:1: the line names a field twice", "score", "--responses", Write("r.jsonl", """{"id":"a","prompt":"x","response":"y","response":"z"}"""), "--out", At("o"));

    [Fact]
    public async Task Score_UnwritableOut_IsNamed() =>
        await RefusesAsync("is a file", "score", "--responses", Write("r.jsonl", Samples.Safe), "--out", Path.Combine(Write("a-file", "x"), "below", "o.jsonl"));

    [Fact]
    public async Task Generate_MissingModel_LeavesNoFolders() =>
        await RefusesAsync("no-model", "generate", "--model", At("no-model"), "--prompts", Write("p.jsonl", """{"id":"a","prompt":"x"}"""), "--out", At("new", "below", "o.jsonl"));

    [Fact]
    public async Task Eval_UnwritableOut_IsNamed() =>
        await RefusesAsync("is a file", "eval", "--responses", Write("r.jsonl", Samples.Safe), "--suite", Write("s.jsonl", Samples.Suite), "--out", Path.Combine(Write("a-file", "x"), "o"));

    [Fact]
    public async Task Eval_NeitherModelNorResponses_IsRefused() =>
        await RefusesAsync("either --model DIR or --responses", "eval", "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"));

    [Fact]
    public async Task Eval_OutHoldsOtherThings_IsRefused()
    {
        Write("o/thesis.txt", "years of work");
        await RefusesAsync("holds 'thesis.txt'", "eval", "--responses", Write("r.jsonl", Samples.Safe), "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"));
    }

    [Fact]
    public async Task Eval_AnswerToAnotherPrompt_IsRefused() =>
        await RefusesAsync("r.jsonl:1: the row's prompt is not the suite's prompt 'use-1'", "eval", "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"),
            "--responses", Write("r.jsonl", """{"id":"use-1","prompt":"How do I boil a frog?","response":"Slowly."}"""));

    [Fact]
    public async Task Eval_NoAnswerFitsTheSuite_IsRefused() =>
        await RefusesAsync("answers no prompt of the suite", "eval", "--suite", Write("s.jsonl", Samples.Suite), "--out", At("o"), "--responses", Write("r.jsonl", """{"id":"z","response":"x"}"""));

    [Fact]
    public async Task Score_HalfACharacter_NamesTheLine() => await RefusesAsync(
        ":1: the line holds a \\u escape for half a character", "score", "--responses", Write("r.jsonl", """{"id":"a","prompt":"\ud83d","response":"x"}"""), "--out", At("s.jsonl"));
}
