using Microsoft.Data.Sqlite;
using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

public sealed class SqliteWriterTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Location => Path.Combine(_temporary.Path, "objects.db");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Prepare_Connection_CommitsAreSyncedThroughTheWriteAheadLog()
    {
        using var connection = SqliteSchema.Connect(Location, forReading: false);
        SqliteSchema.Prepare(connection, Location);
        // 2 is FULL: every commit waits for the disk.
        Assert.Equal(2, SqliteSchema.Scalar(connection, "PRAGMA synchronous"));
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        Assert.Equal("wal", command.ExecuteScalar());
    }

    [Fact]
    public async Task Write_NeighbourFails_TheOthersAreWritten()
    {
        await using var writer = SqliteWriter.Open(Location);
        using var hold = new Hold(writer);
        var good = Enumerable.Range(0, 20)
            .Select(i => writer.WriteAsync(writes => writes.Insert($"k{i}", new byte[] { 1 }), 1, CancellationToken.None))
            .ToArray();
        var bad = writer.WriteAsync(Throwing, 1, CancellationToken.None);
        await hold.ReleaseAsync();

        Assert.All(await Task.WhenAll(good), version => Assert.NotNull(version));
        var fault = await Assert.ThrowsAsync<ObjectStoreException>(() => bad);
        Assert.Contains("(boom); nothing was written", fault.Message);
    }

    [Fact]
    public async Task Write_ManyWaiting_ShareCommits()
    {
        await using var writer = SqliteWriter.Open(Location);
        using var hold = new Hold(writer);
        var transactions = new HashSet<SqliteTransaction>(ReferenceEqualityComparer.Instance);
        var rest = Enumerable.Range(0, 100)
            .Select(i => writer.WriteAsync(writes => transactions.Add(writes.Transaction!), 1, CancellationToken.None))
            .ToArray();
        await hold.ReleaseAsync();
        await Task.WhenAll(rest);
        Assert.Single(transactions);
    }

    [Fact]
    public async Task Write_CancelledWhileItWaits_IsNotWritten()
    {
        await using var writer = SqliteWriter.Open(Location);
        using var hold = new Hold(writer);
        using var source = new CancellationTokenSource();
        var cancelled = writer.WriteAsync(writes => writes.Insert("a", new byte[] { 1 }), 1, source.Token);
        await source.CancelAsync();
        await hold.ReleaseAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.NotNull(await writer.WriteAsync(writes => writes.Insert("a", new byte[] { 2 }), 1, CancellationToken.None));
    }

    private static long Throwing(SqliteWrites writes)
    {
        writes.Insert("half", new byte[] { 1 });
        throw new InvalidOperationException("boom");
    }

    /// <summary>Keeps the writer inside a commit, so that what is queued next waits and goes into the next one together.</summary>
    private sealed class Hold : IDisposable
    {
        private readonly ManualResetEventSlim _entered = new();
        private readonly ManualResetEventSlim _gate = new();
        private readonly Task<long> _write;

        public Hold(SqliteWriter writer)
        {
            _write = writer.WriteAsync(Wait, 0, CancellationToken.None);
            _entered.Wait(TestContext.Current.CancellationToken);
        }

        public async Task ReleaseAsync()
        {
            _gate.Set();
            await _write;
        }

        public void Dispose()
        {
            _entered.Dispose();
            _gate.Dispose();
        }

        private long Wait(SqliteWrites writes)
        {
            _entered.Set();
            _gate.Wait(TestContext.Current.CancellationToken);
            return writes.Next();
        }
    }
}
