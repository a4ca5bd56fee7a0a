namespace RailCluster.Cli.Tests;

public sealed class ReportOptionTests : RailTest
{
    [Theory]
    [InlineData("compare")]
    [InlineData("gate")]
    public async Task Write_EverythingAskedFor_StandsInItsFolder(string command)
    {
        var called = await RailAsync(
            command, await EvaluateAsync("base", Samples.Safe), await EvaluateAsync("eroded", Samples.Eroded),
            "--html", At("report.html"), "--pictures", At("new", "pictures"), "--csv", At("data"), "--parquet", At("data"));
        Assert.Empty(called.Error);
        Assert.Equal(["distributions.png", "distributions.svg", "drops.png", "drops.svg"], Names(At("new", "pictures")));
        Assert.Equal(["measures.csv", "measures.parquet", "prompts.csv", "prompts.parquet"], Names(At("data")));
        var rows = await File.ReadAllLinesAsync(At("data", "prompts.csv"), TestContext.Current.CancellationToken);
        Assert.Contains(rows, row => row.Contains(",lost_refusals,", StringComparison.Ordinal) && row.EndsWith(",1,0,1,paired,false,false", StringComparison.Ordinal));
        Assert.Contains("picked by hand: no verdict reaches beyond them", await File.ReadAllTextAsync(At("report.html"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--pictures")]
    [InlineData("--csv")]
    [InlineData("--parquet")]
    public async Task Check_FolderThatIsAFile_IsRefusedBeforeAnythingIsRead(string option)
    {
        var called = await RailAsync("compare", At("nowhere"), At("nowhere"), option, Write("file", "mine"));
        Assert.Equal(2, called.Code);
        Assert.Contains($"{option} {At("file")}: is a file; name a folder", called.Error);
    }

    private async Task<string> EvaluateAsync(string name, string[] responses)
    {
        var called = await RailAsync("eval", "--responses", Write($"{name}.jsonl", responses), "--suite", Write("suite.jsonl", Samples.Suite), "--out", At(name));
        Assert.Equal(0, called.Code);
        return At(name);
    }

    private static IEnumerable<string?> Names(string folder) => Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
