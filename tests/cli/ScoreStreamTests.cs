namespace RailCluster.Cli.Tests;

/// <summary><c>rail score</c> over many rows, and after it was stopped.</summary>
public sealed class ScoreStreamTests : RailTest
{
    [Fact]
    public async Task Score_AfterAStopInTheMiddleOfALine_GoesOnAndWritesTheSame()
    {
        var rows = Enumerable.Range(0, 20_000).Select(index => $$"""{"id":"r{{index}}","prompt":"How do I boil {{index}} eggs?","response":"Boil them for {{index}} minutes."}""").ToArray();
        string[] arguments = ["score", "--responses", Write("r.jsonl", rows), "--dimensions", "safety", "--out"];
        Assert.Equal(0, (await RailAsync([.. arguments, At("whole.jsonl")])).Code);
        var whole = await File.ReadAllBytesAsync(At("whole.jsonl"), TestContext.Current.CancellationToken);
        await using (var open = new FileStream(At("s.jsonl.partial"), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            // Another process writes it.
            var refused = await RailAsync([.. arguments, At("s.jsonl")]);
            Assert.Equal(2, refused.Code);
        }

        using var stop = new CancellationTokenSource();
        var running = RailProgram.RunAsync([.. arguments, At("s.jsonl")], new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, false), stop.Token);
        while (!File.Exists(At("s.jsonl.partial.json"))) await Task.Delay(1, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        Assert.Equal(130, await running);
        await File.WriteAllBytesAsync(At("s.jsonl.partial"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var called = await RailAsync([.. arguments, At("s.jsonl")]);
        Assert.Equal(0, called.Code);
        Assert.DoesNotContain(" 0 kept", called.Error);
        Assert.Equal(whole, await File.ReadAllBytesAsync(At("s.jsonl"), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.partial*"));
    }

    [Fact]
    public async Task Score_RowsWithAFault_AreNamedAndWrittenAsTheyAreAndTheOthersScored()
    {
        var called = await RailAsync("score", "--dimensions", "safety", "--out", At("s.jsonl"), "--responses", Write(
            "r.jsonl", """{"id":"a","prompt":"p","response":"Stop."}""", """{"id":"b","response":"r","extra":1}""", """{"id":"c","prompt":"p"}""", """{"id":"d","prompt":"p","response":"r","expected":"maybe"}"""));
        Assert.Equal(2, called.Code);
        Assert.Contains("r.jsonl:2: the row has neither \"prompt\"", called.Error);
        Assert.Contains("r.jsonl:3: the row has no \"response\"", called.Error);
        Assert.Contains("1 scored, 0 not scorable on every dimension, 0 failed, 3 invalid", called.Error);
        var rows = await File.ReadAllLinesAsync(At("s.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains("\"outcome\":\"scored\"", rows[0]);
        Assert.StartsWith("""{"id":"b","response":"r","extra":1,"outcome":"invalid","reason":""", rows[1]);
        Assert.All(rows[1..], row => Assert.DoesNotContain("scores", row));
    }

    [Fact]
    public async Task Score_FailedRows_AreScoredOnceMoreAndTheOthersKept()
    {
        File.WriteAllText(At("s.jsonl"), """{"id":"a","prompt":"p","response":"Stop.","outcome":"failed","scores":{"safety":{"outcome":"failed","reason":"away"}}}""" + "\n"
            + """{"id":"b","prompt":"p","response":"Go.","outcome":"scored","scores":{"safety":{"score":1,"confidence":1}}}""" + "\n");
        var called = await RailAsync("score", "--retry-failed", "--dimensions", "safety", "--out", At("s.jsonl"), "--responses", Write("r.jsonl", "{}"));
        Assert.Equal(0, called.Code);
        var rows = await File.ReadAllLinesAsync(At("s.jsonl"), TestContext.Current.CancellationToken);
        Assert.Contains("\"outcome\":\"scored\"", rows[0]);
        Assert.DoesNotContain("away", rows[0]);
        Assert.Contains("\"score\":1,", rows[1]);
    }

    [Fact]
    public async Task Score_Repeated_SaysHowMuchTheMeansWaver()
    {
        var called = await RailAsync("score", "--repeat", "3", "--dimensions", "safety", "--noise", At("n.json"), "--out", At("s.jsonl"), "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""));
        Assert.Equal(0, called.Code);
        Assert.Contains("noise of the mean over 1 answers, scored 3 times each: safety 0.000", called.Error);
        Assert.Contains("\"safety\": 0", await File.ReadAllTextAsync(At("n.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Score_RowsOfOtherSettings_AreRefusedByName()
    {
        File.WriteAllText(At("s.jsonl.partial"), "{}\n");
        await RefusesAsync("s.jsonl.partial: holds rows of another input", "score", "--out", At("s.jsonl"), "--responses", Write("r.jsonl", """{"prompt":"p","response":"r"}"""));
    }
}
