using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

public sealed class SqliteObjectStoreTests : ObjectListingTester
{
    private readonly TemporaryFolder _temporary = new();
    private DataFolder _folder = null!;
    private SqliteObjectStore _store = null!;

    protected override Task<IObjectStore> OpenAsync()
    {
        _folder = DataFolder.Open(_temporary.Path);
        _store = SqliteObjectStore.Open(_folder);
        return Task.FromResult<IObjectStore>(_store);
    }

    protected override async Task CloseAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task Open_Again_FindsEverythingAndReusesNoETag()
    {
        var kept = await Store.PutIfAbsentAsync("kept", Bytes("kept"), Token);
        var deleted = await Store.PutIfAbsentAsync("deleted", Bytes("x"), Token);
        await Store.DeleteIfMatchAsync("deleted", deleted!, Token);
        await _store.DisposeAsync();

        _store = SqliteObjectStore.Open(_folder);
        var found = await _store.GetAsync("kept", Token);
        Assert.Equal(("kept", kept), (Text(found), found!.ETag));
        var fresh = await _store.PutIfAbsentAsync("deleted", Bytes("x"), Token);
        Assert.NotEqual(deleted, fresh);
        Assert.NotEqual(kept, fresh);
    }

    [Fact]
    public async Task Dispose_WithWritesUnderWay_EachIsThereOrRefused()
    {
        var writes = Enumerable.Range(0, 500).Select(i => Task.Run(() => _store.PutIfAbsentAsync($"w/{i:D3}", Bytes("x")))).ToArray();
        await writes[0];
        await _store.DisposeAsync();
        var outcomes = await Task.WhenAll(writes.Select(async write =>
        {
            try
            {
                return await write is not null;
            }
            catch (ObjectDisposedException)
            {
                return false;
            }
        }));

        _store = SqliteObjectStore.Open(_folder);
        var there = (await _store.ListAsync("w/", cancellationToken: Token)).Keys;
        Assert.Equal(Enumerable.Range(0, 500).Where(i => outcomes[i]).Select(i => $"w/{i:D3}"), there);
        Assert.Contains("w/000", there);
    }

    [Fact]
    public async Task Dispose_ThenCalled_IsAnObjectDisposedException()
    {
        await _store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.GetAsync("a", Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.PutIfAbsentAsync("a", Bytes("x"), Token));
    }

    [Fact]
    public async Task OpenRead_DeletedMeanwhile_SaysSo()
    {
        var eTag = await Store.PutIfAbsentAsync("big", new MemoryStream(Noise(3 << 20, 1)), Token);
        await using var stream = await Store.OpenReadAsync("big", Token);
        await stream!.ReadExactlyAsync(new byte[10], Token);
        await Store.DeleteIfMatchAsync("big", eTag!, Token);
        var fault = await Assert.ThrowsAsync<ObjectStoreException>(() => stream.CopyToAsync(Stream.Null, Token));
        Assert.Contains("'big' was deleted while it was read", fault.Message);
    }

    [Fact]
    public async Task Stream_ReplacedDeletedOrBroken_LeavesNoChunks()
    {
        var first = await Store.PutIfAbsentAsync("one", new MemoryStream(Noise(3 << 20, 1)), Token);
        var second = await Store.PutIfAbsentAsync("two", new MemoryStream(Noise(3 << 20, 2)), Token);
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Store.PutIfAbsentAsync("three", new DripStream(Noise(4 << 20, 4)) { FailAt = 3 << 20 }, Token));
        Assert.Equal(6, Query("SELECT count(*) FROM chunks"));
        await Store.PutIfMatchAsync("one", Bytes("small"), first!, Token);
        await Store.DeleteIfMatchAsync("two", second!, Token);
        Assert.Equal(0, Query("SELECT count(*) FROM chunks"));
    }

    [Fact]
    public async Task Open_FileOfANewerVersion_IsRefusedByName()
    {
        await _store.DisposeAsync();
        Query("PRAGMA user_version = 99; SELECT 0");
        var fault = Assert.Throws<ObjectStoreException>(() => SqliteObjectStore.Open(_folder));
        Assert.Contains(_folder.ObjectsFile, fault.Message);
        Assert.Contains("schema 99, this build knows 1", fault.Message);
    }

    [Fact]
    public async Task Open_AnotherProgramsDatabase_IsRefusedAndLeftAlone()
    {
        await _store.DisposeAsync();
        File.Delete(_folder.ObjectsFile);
        Query("CREATE TABLE recipes (name TEXT); SELECT 0");
        var fault = Assert.Throws<ObjectStoreException>(() => SqliteObjectStore.Open(_folder));
        Assert.Contains("not an object store", fault.Message);
        Assert.Equal(1, Query("SELECT count(*) FROM sqlite_schema"));
    }

    [Fact]
    public async Task Open_DamagedFile_SaysWhatToDo()
    {
        await _store.DisposeAsync();
        await File.WriteAllBytesAsync(_folder.ObjectsFile, Noise(8192, 7), Token);
        var fault = Assert.Throws<ObjectStoreException>(() => SqliteObjectStore.Open(_folder));
        Assert.Equal($"{_folder.ObjectsFile}: is damaged or no database; restore it from a backup, or move it away to start empty", fault.Message);
    }

    [Fact]
    public async Task Call_FailsInSqlite_IsAnObjectStoreExceptionInOneLine()
    {
        await Store.PutIfAbsentAsync("a", Bytes("x"), Token);
        Query("DROP TABLE objects; SELECT 0");
        foreach (var call in (Func<Task>[])[
            () => Store.GetAsync("a", Token),
            () => Store.ListAsync("", cancellationToken: Token),
            () => Store.PutIfAbsentAsync("b", Bytes("x"), Token)])
        {
            var fault = await Assert.ThrowsAsync<ObjectStoreException>(call);
            Assert.StartsWith(_folder.ObjectsFile, fault.Message);
            Assert.DoesNotContain('\n', fault.Message);
        }
    }

    private long Query(string sql)
    {
        using var connection = SqliteSchema.Connect(_folder.ObjectsFile, forReading: false);
        return SqliteSchema.Scalar(connection, sql);
    }
}
