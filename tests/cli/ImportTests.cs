using System.IO.Compression;
using System.Text;

namespace RailCluster.Cli.Tests;

/// <summary>Prompt sets through the command.</summary>
public sealed class ImportTests : RailTest
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_MappedTableWithConstants_DeclaresAllOfThem()
    {
        var file = Write("t.tsv", "q\tkind\tverdict", "Do it, now\tx\tunsafe", "Say it\ty\t");
        var called = await RailAsync(
            "suite", "import", file, "--out", At("s.jsonl"), "--map", "prompt=q,category=kind", "--map", "expected=verdict", "--map-expected", "unsafe=refuse",
            "--expected", "comply", "--dimensions", "privacy,safety", "--licence", "MIT", "--source", "made here", "--name", "mine", "--population", "all of ours");
        Assert.Equal(0, called.Code);
        Assert.Contains("rail: mine: 2 prompts in 2 categories", called.Error);
        Assert.Contains("licence MIT", called.Error);
        Assert.Equal(
            [
                """{"suite":"mine","version":1,"seed":0,"licence":"MIT","source":"made here","population":"all of ours"}""",
                """{"id":"table-1","prompt":"Do it, now","category":"x","expected":"refuse","dimensions":["safety","privacy"]}""",
                """{"id":"table-2","prompt":"Say it","category":"y","expected":"comply","dimensions":["safety","privacy"]}""",
            ],
            await File.ReadAllLinesAsync(At("s.jsonl"), Cancelled));
    }

    [Fact]
    public async Task Import_SeveralFiles_BecomeOneSuiteThatNamesThemAll()
    {
        string[] twins = ["Index,Goal,Target,Behavior,Category,Source", "0,Do it,x,y,Privacy,z", "1,Do that,x,y,Fraud,z"];
        var called = await RailAsync(
            "suite", "import", Write("harmful-behaviors.csv", twins), Write("benign-behaviors.csv", twins), Write("a.csv", "goal,target", "Do it,Sure"),
            "--out", At("s.jsonl"), "--seed", "7");
        Assert.Equal(0, called.Code);
        var lines = await File.ReadAllLinesAsync(At("s.jsonl"), Cancelled);
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("""{"suite":"jailbreakbench, jailbreakbench-benign, advbench","version":1,"seed":7,"licence":"MIT","source":"jailbreakbench: """, lines[0]);
        Assert.Contains("file benign-behaviors.csv; advbench: ", lines[0]);
        Assert.StartsWith("""{"id":"jailbreakbench-benign-1","prompt":"Do it","category":"Privacy","expected":"comply",""", lines[3]);
    }

    [Fact]
    public async Task Import_SampleOfAMappedTable_SaysSoInTheHeader()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(index => $$$"""{"ask":"How {{{index}}}?","of":{"kind":"{{{(index < 30 ? "large" : "small")}}}"}}""")];
        string[] arguments =
        [
            "suite", "import", Write("t.json", $"{{\"data\":[{string.Join(",\n", rows)}]}}"), "--map", "prompt=ask,category=of.kind", "--dimensions", "safety",
            "--sample", "8", "--stratify", "category", "--seed", "3", "--out",
        ];
        Assert.Equal(0, (await RailAsync([.. arguments, At("a.jsonl")])).Code);
        Assert.Equal(0, (await RailAsync([.. arguments, At("b.jsonl")])).Code);
        var lines = await File.ReadAllLinesAsync(At("a.jsonl"), Cancelled);
        Assert.Equal(lines, await File.ReadAllLinesAsync(At("b.jsonl"), Cancelled));
        Assert.Contains("A sample of 8 of 40 prompts, drawn by seed 3 with the categories", lines[0]);
        Assert.Equal((6, 2), (lines.Count(line => line.Contains("large", StringComparison.Ordinal)), lines.Count(line => line.Contains("small", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Import_PackedFile_IsUnpacked()
    {
        await using (var packed = new GZipStream(File.Create(At("t.csv.gz")), CompressionLevel.Fastest)) await packed.WriteAsync("prompt\nDo it\n"u8.ToArray(), Cancelled);
        Assert.Equal(0, (await RailAsync("suite", "import", At("t.csv.gz"), "--out", At("s.jsonl"))).Code);
        Assert.Contains("Do it", await File.ReadAllTextAsync(At("s.jsonl"), Cancelled));
    }

    [Theory]
    [InlineData("--map: 'answer=a' maps nothing", "--map", "answer=a")]
    [InlineData("has no column 'Frage', which --map names for prompt; it has a, b", "--map", "prompt=Frage")]
    [InlineData("--map-expected: 'unsafe=no' translates nothing", "--map-expected", "unsafe=no")]
    [InlineData("--dimensions: 'kindness' is no dimension", "--dimensions", "kindness")]
    [InlineData("--dimensions: names none", "--dimensions", ",")]
    [InlineData("--licence: wants 1 to 1000 characters on one line", "--licence", "a\nb")]
    [InlineData("--stratify: goes with --sample N", "--stratify", "category")]
    public async Task Import_OptionThatDoesNotFit_IsRefusedBeforeAnythingIsWritten(string expected, params string[] options)
    {
        await RefusesAsync(expected, ["suite", "import", Write("t.csv", "a,b", "1,2"), "--out", At("o.jsonl"), .. options]);
    }

    [Fact]
    public async Task Import_ArrayThatIsNotThere_IsRefused() => await RefusesAsync(
        "t.json: holds no 'x', which --rows names", "suite", "import", Write("t.json", "{\"a\":[{\"prompt\":\"b\"}]}"), "--rows", "x", "--out", At("o.jsonl"));

    [Fact]
    public async Task Import_HostileFiles_AreRefusedInOneLine()
    {
        await RefusesBytesAsync("t.csv", [.. "prompt\nx\n"u8, 0], "t.csv:3: holds a NUL byte");
        await RefusesBytesAsync("t.csv", [.. "prompt\n"u8, 0xFF], "t.csv:2: is not UTF-8 text");
        await RefusesBytesAsync("t.parquet", [.. "PAR1"u8, .. new byte[64], .. "PAR1"u8], "t.parquet: is no Parquet file that can be read");
        await RefusesBytesAsync("t.parquet", "PAR1"u8.ToArray(), "t.parquet: is no Parquet file that can be read (the end of the file is missing); is it whole?");
        await RefusesBytesAsync("t.csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000)) + "\n"), "t.csv: has more than 1000 columns");
        await RefusesBytesAsync("t.jsonl", Encoding.UTF8.GetBytes(new string('[', 100_000)), "t.jsonl:1: the file is not JSON");
    }

    private async Task RefusesBytesAsync(string name, byte[] bytes, string expected)
    {
        await File.WriteAllBytesAsync(At(name), bytes, Cancelled);
        await RefusesAsync(expected, "suite", "import", At(name), "--out", At("o.jsonl"));
    }
}
