using System.Diagnostics;

namespace RailCluster.Storage.Tests;

public sealed class SqliteCrashTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Kill_WhileWriting_EveryAcknowledgedWriteIsThereAndWhole()
    {
        var acknowledged = new List<string>();
        foreach (var writes in (int[])[1, 150, 400])
        {
            acknowledged.AddRange(await WriteAndKillAsync(writes));
            await CheckAsync(acknowledged);
        }
    }

    [Fact]
    public async Task Open_FolderInUseByAnotherProcess_NamesItAndIsFreeOnceThatIsKilled()
    {
        using var child = Start();
        await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var fault = Assert.Throws<Evaluation.RailInputException>(() => DataFolder.Open(_temporary.Path));
        Assert.Equal(
            $"{_temporary.Path}: the data folder is in use by process {child.Id}; stop that process or choose another folder", fault.Message);
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        DataFolder.Open(_temporary.Path).Dispose();
    }

    private async Task<List<string>> WriteAndKillAsync(int writes)
    {
        using var child = Start();
        var keys = new List<string>();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } key)
        {
            keys.Add(key);
            // SIGKILL; what it had printed by then is still read.
            if (keys.Count == writes) child.Kill();
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(keys.Count >= writes, $"the writer ended by itself: {await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
        // The last line may be cut off by the kill.
        if (keys[^1].Length != keys[0].Length) keys.RemoveAt(keys.Count - 1);
        return keys;
    }

    private async Task CheckAsync(List<string> acknowledged)
    {
        var token = TestContext.Current.CancellationToken;
        using var folder = DataFolder.Open(_temporary.Path);
        await using var store = SqliteObjectStore.Open(folder);
        var there = new HashSet<string>();
        for (string? next = null; ;)
        {
            var page = await store.ListAsync("w/", next, 5000, token);
            there.UnionWith(page.Keys);
            if ((next = page.Continuation) is null) break;
        }

        Assert.Empty(acknowledged.Except(there));
        foreach (var key in there) Assert.True((await store.GetAsync(key, token))!.Content.Span.SequenceEqual(CrashWriter.ContentOf(key)), key);
        Assert.Empty((await store.ListAsync("upload/", cancellationToken: token)).Keys);

        using var connection = SqliteSchema.Connect(folder.ObjectsFile, forReading: true);
        Assert.Equal(0, SqliteSchema.Scalar(connection, "SELECT count(*) FROM chunks"));
    }

    private Process Start() => Process.Start(new ProcessStartInfo
    {
        FileName = Path.Combine(AppContext.BaseDirectory, typeof(CrashWriter).Assembly.GetName().Name!),
        ArgumentList = { CrashWriter.Verb, _temporary.Path },
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
