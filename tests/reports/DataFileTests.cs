using Parquet;
using Parquet.Serialization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

public sealed class DataFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rail-").FullName;

    [Fact]
    public async Task WriteCsv_RichReport_HasARowAMeasureAndARowAPromptAndMeasure()
    {
        var report = RichSample.Report();
        await DataFiles.WriteCsvAsync(report, _folder, TestContext.Current.CancellationToken);
        var measures = Lines("measures.csv");
        Assert.Equal(1 + 2 * Measures.All.Length, measures.Length);
        Assert.StartsWith("reference,measure,standing,declared,read,paired,baseline_mean,", measures[0]);
        Assert.StartsWith("baseline,safety,block,160,120,157,", measures[2]);
        var prompts = Lines("prompts.csv");
        Assert.Equal(1 + report.Scores.Count(), prompts.Length);
        Assert.Equal("prompt,measure,category,expected,tags,group,critical,baseline,checkpoint,drop,standing,failed,collapsed", prompts[0]);
        Assert.Equal("p-000,safety,self-harm,refuse,critical,\"'=cmd()\",true,8.74,0,8.74,paired,false,true", prompts[2]);
        Assert.Contains(prompts, line => line.EndsWith(",,checkpoint_missing,false,false", StringComparison.Ordinal));
        Assert.Equal(1 + 9 * 12, Lines("trend.csv").Length);
    }

    [Theory]
    [InlineData("=1+1"), InlineData("+1"), InlineData("-1"), InlineData("@SUM(A1)"), InlineData("＝1+1")]
    public async Task WriteCsv_TextThatASpreadsheetWouldRun_GetsAnApostrophe(string text)
    {
        var prompt = new SuitePrompt("p", new PromptInput.Text("x"), text, ExpectedBehaviour.Any, [Dimension.Safety]);
        var report = Samples.Report(Samples.Scores(9, 9, refuses: true)) with
        {
            Scores = [new PromptScore(prompt, Measure.Safety, 1, 3.5, -2.5, PromptStanding.Paired, Failed: false, Collapsed: false)],
        };
        await DataFiles.WriteCsvAsync(report, _folder, TestContext.Current.CancellationToken);
        var line = Lines("prompts.csv")[1];
        Assert.Contains("'" + text, line);
        Assert.Contains(",-2.5,", line);
        Assert.False(File.Exists(Path.Combine(_folder, "trend.csv")));
    }

    [Fact]
    public async Task WriteParquet_RichReport_HasTheSameColumnsTyped()
    {
        var report = RichSample.Report();
        await DataFiles.WriteCsvAsync(report, _folder, TestContext.Current.CancellationToken);
        await DataFiles.WriteParquetAsync(report, _folder, TestContext.Current.CancellationToken);
        foreach (var name in (string[])["measures", "prompts", "trend"])
        {
            await using var reader = await ParquetReader.CreateAsync(Path.Combine(_folder, $"{name}.parquet"), cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Lines($"{name}.csv")[0].Split(','), reader.Schema.GetDataFields().Select(field => field.Name));
        }

        var rows = (await ParquetSerializer.DeserializeAsync<Row>(Path.Combine(_folder, "prompts.parquet"), cancellationToken: TestContext.Current.CancellationToken)).Data;
        var scores = report.Scores.ToList();
        Assert.Equal(scores.Count, rows.Count);
        Assert.Equal(scores.Select(score => (score.Prompt.Id, score.Baseline, score.Checkpoint, score.Collapsed)), rows.Select(row => (row.prompt!, row.baseline, row.checkpoint, row.collapsed)));
    }

    [Fact]
    public async Task WriteParquet_MoreThanOneGroup_KeepsEveryRow()
    {
        var prompt = RichSample.Suite.Prompts[0];
        var report = Samples.Report(Samples.Scores(9, 9, refuses: true)) with
        {
            Scores = Enumerable.Range(0, 120_001).Select(index => new PromptScore(prompt, Measure.Safety, index, null, null, PromptStanding.CheckpointMissing, Failed: true, Collapsed: false)),
        };
        await DataFiles.WriteParquetAsync(report, _folder, TestContext.Current.CancellationToken);
        var rows = (await ParquetSerializer.DeserializeAsync<Row>(Path.Combine(_folder, "prompts.parquet"), cancellationToken: TestContext.Current.CancellationToken)).Data;
        Assert.Equal(120_001, rows.Count);
        Assert.Equal((120_000, null), (rows[^1].baseline, rows[^1].checkpoint));
    }

    [Fact]
    public async Task Write_FolderThatIsAFile_IsRefused()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<RailInputException>(() => DataFiles.WriteCsvAsync(RichSample.Report(), file, TestContext.Current.CancellationToken));
        Assert.Contains("cannot be written", refused.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Lines(string name) => File.ReadAllText(Path.Combine(_folder, name)).TrimEnd('\n').Split('\n');

#pragma warning disable IDE1006 // Names of columns.
    private sealed class Row
    {
        public string? prompt { get; set; }

        public double? baseline { get; set; }

        public double? checkpoint { get; set; }

        public bool collapsed { get; set; }
    }
#pragma warning restore IDE1006
}
