using System.Buffers.Binary;
using CsCheck;
using Parquet;
using Parquet.Schema;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class ParquetImportTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CompressionMethod.None)]
    [InlineData(CompressionMethod.Snappy)]
    [InlineData(CompressionMethod.Zstd)]
    [InlineData(CompressionMethod.Gzip)]
    [InlineData(CompressionMethod.Brotli)]
    public async Task Import_ParquetOfTexts_GivesItsRows(CompressionMethod method)
    {
        var suite = await ImportAsync(await ParquetFiles.WriteAsync(method), new ImportSettings
        {
            Map = ColumnMap.Parse(["prompt=ask.words,id=n,category=kind,expected=bad,tags=marks"], "--map"),
            Words = ImportSettings.ParseWords(["true=refuse,false=comply"], "--map-expected"),
        });
        Assert.Equal(["table-1", "table-2", "table-3", "table-4"], suite.Prompts.Select(prompt => prompt.Id));
        Assert.Equal(["How?\nNow", "Was? Größe", "Why?", "Where?"], suite.Prompts.Select(prompt => prompt.Input.Display()));
        Assert.Equal(["x", "uncategorised", "x", "x"], suite.Prompts.Select(prompt => prompt.Category));
        Assert.Equal(
            [ExpectedBehaviour.Refuse, ExpectedBehaviour.Any, ExpectedBehaviour.Comply, ExpectedBehaviour.Refuse],
            suite.Prompts.Select(prompt => prompt.Expected));
        Assert.Equal(["critical,z", "", "one, two", "z"], suite.Prompts.Select(prompt => string.Join(',', prompt.Tags)));
    }

    [Theory]
    [InlineData("bytes", "f.parquet, row 1: the column 'bytes' holds bytes where a text is wanted")]
    [InlineData("marks", "f.parquet, row 1: the column 'marks' holds a list where a text is wanted")]
    [InlineData("when", "f.parquet, row 1: the column 'when' holds times where a text is wanted")]
    [InlineData("turns", "f.parquet, row 1: the column 'turns' holds a list of records where a text is wanted")]
    [InlineData("words", "f.parquet: has no column 'words', which --map names for prompt; it has n, ask.words, kind, bad, score, marks, bytes, when, turns")]
    public async Task Import_ColumnThatIsNoText_IsRefusedByName(string column, string expected) =>
        Assert.StartsWith(
            expected,
            (await FaultAsync(await ParquetFiles.WriteAsync(CompressionMethod.Snappy), new ImportSettings { Map = ColumnMap.Parse([$"prompt={column}"], "--map") })).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Import_QuestionsAsParquet_AreRecognisedByTheirColumns()
    {
        var schema = new ParquetSchema(
            new DataField<string>("type"), new DataField<string>("category"), new DataField<string>("question"), new DataField<string>("best_answer"),
            new ListField("correct_answers", new DataField<string>("element")));
        var suite = await ImportAsync(await ParquetFiles.WriteAsync(schema, CompressionMethod.Snappy, async (group, fields) =>
        {
            foreach (var field in fields.Where(field => field.MaxRepetitionLevel == 0)) await group.WriteAsync(field, new[] { $"{field.Name} 1", $"{field.Name} 2" });
        }, async (group, field) => await group.WriteAsync(field, new[] { "a", "b", "c" }, new[] { 0, 1, 0 })), new ImportSettings());
        Assert.Equal(("truthfulqa", "Apache-2.0"), (suite.Header.Name, suite.Header.Licence));
        Assert.Equal(["category 1: question 1", "category 2: question 2"], suite.Prompts.Select(prompt => $"{prompt.Category}: {prompt.Input.Display()}"));
    }

    [Fact]
    public async Task Import_ParquetCutShort_IsRefused()
    {
        var file = await ParquetFiles.WriteAsync(CompressionMethod.Zstd);
        foreach (var length in (int[])[4, 11, 40, file.Length / 2, file.Length - 1])
        {
            var error = await FaultAsync(file[..length], new ImportSettings());
            Assert.Equal("f.parquet: is no Parquet file that can be read (the end of the file is missing); is it whole?", error.Message);
        }
    }

    [Fact]
    public async Task Import_FooterThatClaimsMoreThanItHolds_IsRefused()
    {
        var file = await ParquetFiles.WriteAsync(CompressionMethod.Zstd);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 8), int.MaxValue);
        Assert.Contains("a footer of 2147483647 bytes does not fit", (await FaultAsync(file, new ImportSettings())).Message, StringComparison.Ordinal);
        byte[] bomb = [.. "PAR1"u8, 0x19, 0xF1, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 8, 0, 0, 0, .. "PAR1"u8];
        Assert.Contains("a header claims more than it holds", (await FaultAsync(bomb, new ImportSettings())).Message, StringComparison.Ordinal);
    }

    /// <summary>A short file that names one long text again and again.</summary>
    [Fact]
    public async Task Import_OneLongTextManyTimes_IsRefusedBeforeMemoryIs()
    {
        var text = new string('x', 100_000);
        var schema = new ParquetSchema(new DataField<string>("prompt"));
        var file = await ParquetFiles.WriteAsync(
            schema, CompressionMethod.Zstd, async (group, fields) => await group.WriteAsync(fields[0], Enumerable.Repeat(text, 3000).ToArray()));
        Assert.InRange(file.Length, 1, 1 << 20);
        var error = (await FaultAsync(file, new ImportSettings())).Message;
        Assert.True(error.Contains("more than 128 million characters", StringComparison.Ordinal) || error.Contains("a page claims", StringComparison.Ordinal), error);
    }

    [Fact]
    public async Task Import_ManyColumns_AreRefused()
    {
        var schema = new ParquetSchema(Enumerable.Range(0, 1001).Select(index => new DataField<int>($"c{index}")));
        var file = await ParquetFiles.WriteAsync(schema, CompressionMethod.None, async (group, fields) =>
        {
            foreach (var field in fields) await group.WriteAsync<int>(field, new[] { 1 });
        });
        Assert.Equal("f.parquet: has 1001 columns; at most 1000 are read", (await FaultAsync(file, new ImportSettings())).Message);
    }

    [Fact]
    public async Task Import_AnyBytesChanged_GivesASuiteOrOneLine()
    {
        var whole = await ParquetFiles.WriteAsync(CompressionMethod.Snappy);
        var settings = new ImportSettings { Map = ColumnMap.Parse(["prompt=ask.words"], "--map") };
        await Gen.Select(Gen.Int[4, whole.Length - 1], Gen.Byte).Array[1, 4].SampleAsync(async changes =>
        {
            var file = (byte[])whole.Clone();
            foreach (var (at, value) in changes) file[at] = value;
            try
            {
                await ImportAsync(file, settings);
            }
            catch (RailInputException exception)
            {
                Assert.DoesNotContain(exception.Message, char.IsControl);
            }
        }, iter: 1500, threads: 1);
    }

    private static Task<Suite> ImportAsync(byte[] file, ImportSettings settings) => SuiteImporter.ImportAsync(new MemoryStream(file), "f.parquet", settings, Cancelled);

    private static Task<RailInputException> FaultAsync(byte[] file, ImportSettings settings) => Assert.ThrowsAsync<RailInputException>(() => ImportAsync(file, settings));
}
