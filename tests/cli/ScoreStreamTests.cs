namespace RailCluster.Cli.Tests;

/// <summary><c>rail score</c> over many rows, and after it was stopped.</summary>
public sealed class ScoreStreamTests : RailTest
{
    [Fact]
    public async Task Score_AfterAStopInTheMiddleOfALine_GoesOnAndWritesTheSame()
    {
        var rows = Enumerable.Range(0, 500).Select(index => $$"""{"id":"r{{index}}","prompt":"How do I boil {{index}} eggs?","response":"Boil them for {{index}} minutes."}""").ToArray();
        string[] arguments = ["score", "--responses", Write("r.jsonl", rows), "--dimensions", "safety", "--out"];
        Assert.Equal(0, (await RailAsync([.. arguments, At("whole.jsonl")])).Code);
        var whole = await File.ReadAllBytesAsync(At("whole.jsonl"), TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        await using (var open = new FileStream(At("s.jsonl.partial"), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            // Another process writes it.
            var refused = await RailAsync([.. arguments, At("s.jsonl")]);
            Assert.Equal(2, refused.Code);
        }

        await stop.CancelAsync();
        var stopped = await RailProgram.RunAsync([.. arguments, At("s.jsonl")], new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, false), stop.Token);
        Assert.Equal(130, stopped);
        await File.WriteAllBytesAsync(At("s.jsonl.partial"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var called = await RailAsync([.. arguments, At("s.jsonl")]);
        Assert.Equal(0, called.Code);
        Assert.DoesNotContain(" 0 kept", called.Error);
        Assert.Equal(whole, await File.ReadAllBytesAsync(At("s.jsonl"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.partial*"));
    }

    [Fact]
    public async Task Score_RowsOfOtherSettings_AreRefusedByName()
    {
        File.WriteAllText(At("s.jsonl.partial"), "{}\n");
        await RefusesAsync("s.jsonl.partial: holds rows of another input", "score", "--out", At("s.jsonl"), "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""));
    }
}
