using System.IO.Compression;
using System.Text;

namespace RailCluster.Evaluation.Tests;

public sealed class TableKindsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("prompt\tcategory\nAsk, then\tx\n", "t.tsv")]
    [InlineData("prompt\tcategory\nAsk, then\tx\n", "t.txt")]
    [InlineData("prompt\tnotes, if any\tcategory, or so\tcategory\nAsk, then\ta\tb\tx\n", "t.tsv.gz")]
    [InlineData("prompt;category\nAsk, then;x\n", "t.csv")]
    [InlineData("{\"rows\":[{\"prompt\":\"Ask, then\",\"category\":\"x\"}],\"licence\":{\"of\":[1]}}", "t.json")]
    [InlineData("{\n  \"data\": {\n    \"rows\": [\n      {\"prompt\": \"Ask, then\", \"category\": \"x\"}\n    ]\n  }\n}\n", "t.json")]
    [InlineData("\n [\n {\"prompt\":\"Ask, then\",\n \"category\":\"x\"} ]", "t.json")]
    [InlineData("{\"prompt\":\"Ask, then\",\"category\":\"x\",\"turns\":[{\"a\":1}]}", "t.jsonl")]
    public async Task Import_TableOfAnyKind_GivesItsRows(string text, string file)
    {
        foreach (var bytes in (byte[][])[Encoding.UTF8.GetBytes(text), Packed(Encoding.UTF8.GetBytes(text))])
        {
            var prompt = Assert.Single((await ImportAsync(bytes, file)).Prompts);
            Assert.Equal(("Ask, then", "x"), (prompt.Input.Display(), prompt.Category));
        }
    }

    [Fact]
    public void Import_NamedArrayAmongSeveral_IsTheOneThatIsRead()
    {
        const string text = "{\"train\":[{\"q\":\"a\"}],\"more\":{\"test\":[{\"q\":\"b\"},{\"q\":\"c\"}]}}";
        var settings = new ImportSettings { Map = ColumnMap.Parse(["prompt=q"], "--map"), Rows = "more.test" };
        Assert.Equal(["b", "c"], SuiteImporter.Import(text, "t.json", settings).Prompts.Select(prompt => prompt.Input.Display()));
    }

    [Fact]
    public void Import_NestedFieldsAndLists_AreColumns()
    {
        const string text = "{\"ask\":{\"in\":{\"words\":\"x\"}},\"tags\":[\"one, two\",\"critical\"],\"dimensions\":[\"safety\",\"privacy\"],\"n\":7,\"yes\":true}";
        var settings = new ImportSettings { Map = ColumnMap.Parse(["prompt=ask.in.words,tags=tags,dimensions=dimensions,id=n,expected=yes"], "--map"), Words = ImportSettings.ParseWords(["true=refuse"], "w") };
        var prompt = Assert.Single(SuiteImporter.Import(text, "t.jsonl", settings).Prompts);
        Assert.Equal(["critical", "one, two"], prompt.Tags);
        Assert.Equal(2, prompt.Dimensions.Length);
        Assert.Equal(("table-7", Contracts.ExpectedBehaviour.Refuse), (prompt.Id, prompt.Expected));
    }

    [Fact]
    public void Import_Formula_IsJustText() =>
        Assert.Equal("=HYPERLINK(\"x\")", SuiteImporter.Import("prompt\n\"=HYPERLINK(\"\"x\"\")\"\n", "t.csv", new ImportSettings()).Prompts[0].Input.Display());

    [Theory]
    [InlineData("{\"a\":[{\"x\":1}],\"b\":[{\"x\":2}]}", null, "t.json: holds several arrays of objects, a, b; name the one that holds the rows: --rows a")]
    [InlineData("{\"a\":[{\"x\":1}]}", "b", "t.json: holds no 'b', which --rows names")]
    [InlineData("{\"a\":{\"x\":1}}", "a", "t.json: 'a', which --rows names, is not an array")]
    [InlineData("{\"a\":[1]}", "a", "t.json, element 1 of a: is not a JSON object")]
    [InlineData("{\"prompt\":[\"x\"]}", null, "t.json:1: the column 'prompt' holds a list where a text is wanted")]
    [InlineData("[{\"prompt\":[{\"x\":1}]}]", null, "t.json, element 1: the column 'prompt' holds a list of records where a text is wanted")]
    [InlineData("{\"prompt\":\"x\",\"Prompt\":\"y\"}", null, "t.json:1: the column 'Prompt' stands twice, perhaps in another case; rename one")]
    [InlineData("prompt,a,A\nx,y,z\n", null, "t.json:1: the column 'A' stands twice")]
    [InlineData("[{\"prompt\":\"x\"}", null, "t.json:1: the file is not JSON")]
    [InlineData("{\"data\":[{\"prompt\":\"x\"},\n", null, "t.json:1: the line is not JSON")]
    public void Import_FaultOfATable_IsNamedWithItsPlace(string text, string? rows, string expected)
    {
        var error = Assert.Throws<RailInputException>(() => SuiteImporter.Import(text, "t.json", new ImportSettings { Rows = rows })).Message;
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BytesThatAreNoText_AreRefusedWithTheirLine()
    {
        await RefusesAsync([.. "prompt\nx\n"u8, 0xC3, 0x28], "t.csv:3: is not UTF-8 text; save it as UTF-8");
        await RefusesAsync([.. "prompt\nx\n"u8, 0, (byte)'\n'], "t.csv:3: holds a NUL byte");
        await RefusesAsync(Encoding.Unicode.GetPreamble(), "t.csv: is UTF-16 text; save it as UTF-8");
        await RefusesAsync([(byte)'P', (byte)'K', 3, 4, 0], "t.csv: is a zip archive, as workbooks are");
        await RefusesAsync([0x1F, 0x8B, 8, 0, 1, 2, 3], "t.csv: the gzip data is broken");
        await RefusesAsync(Packed([.. "prompt\n"u8, .. new byte[5000]])[..^9], "t.csv: the gzip data is broken, or in several parts; is the file whole?");
    }

    [Fact]
    public async Task Import_FilesBeyondTheLimits_AreRefused()
    {
        var huge = new string('x', (1 << 20) + 1);
        await RefusesAsync(Encoding.UTF8.GetBytes($"prompt,other\na,b\nc,{huge}\n"), "t.csv:3: the column 'other' has 1048577 characters; at most 1048576 are read");
        await RefusesAsync(Encoding.UTF8.GetBytes($"prompt\n{new string('x', 100_001)}\n"), "t.csv:2: the prompt has 100001 characters; at most 100000 are read");
        await RefusesAsync(Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 10_000))), "t.csv: has more than 1000 columns");
        await RefusesAsync(
            Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 10_000).Select(index => $"\"c{index}\":1")) + "}"), "t.csv: has more than 1000 columns");
        await RefusesAsync(Encoding.UTF8.GetBytes($"prompt,category\nx,{new string('y', 201)}\n"), "t.csv:2: a category has 201 characters; at most 200 are read; is it the right column?");
        await RefusesAsync(Encoding.UTF8.GetBytes($"prompt,rationale\nx,{new string('y', 1001)}\n"), "t.csv:2: the rationale has 1001 characters");
        await RefusesAsync(Encoding.UTF8.GetBytes($"{{\"prompt\":\"{new string('x', 8 << 20)}\"}}\n{{}}"), "t.csv:1: the line has 8388621 characters; at most 8388608 are read");
        await RefusesAsync(Packed(new byte[(128 << 20) + 1]), "t.csv: has more than 128 MiB");
    }

    private static Task<Contracts.Suite> ImportAsync(byte[] bytes, string file) => SuiteImporter.ImportAsync(new MemoryStream(bytes), file, new ImportSettings(), Cancelled);

    private static async Task RefusesAsync(byte[] bytes, string expected)
    {
        var error = (await Assert.ThrowsAsync<RailInputException>(() => ImportAsync(bytes, "t.csv"))).Message;
        Assert.StartsWith(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain(error, char.IsControl);
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
