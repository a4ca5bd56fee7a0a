namespace RailCluster.Storage.Tests;

/// <summary>What every store's listing must do.</summary>
public abstract class ObjectListingTester : ObjectStoreTester
{
    [Fact]
    public async Task List_Keys_ComeInOrdinalOrderWithinThePrefix()
    {
        string[] keys = ["b", "a/B", "a/a", "a/Z", "a-b", "a", "a/~", "a/10", "a/9", "ab", "A/a", "a/a/b", "a/%"];
        foreach (var key in keys) await Store.PutIfAbsentAsync(key, Bytes("x"), Token);

        Assert.Equal(keys.Order(StringComparer.Ordinal), (await Store.ListAsync("", cancellationToken: Token)).Keys);
        var within = await Store.ListAsync("a/", cancellationToken: Token);
        Assert.Equal(keys.Where(key => key.StartsWith("a/", StringComparison.Ordinal)).Order(StringComparer.Ordinal), within.Keys);
        Assert.Null(within.Continuation);
        Assert.Equal(["a/~"], (await Store.ListAsync("a/~", cancellationToken: Token)).Keys);
        Assert.Empty((await Store.ListAsync("a/c", cancellationToken: Token)).Keys);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    [InlineData(51)]
    public async Task List_ByPages_GivesEveryKeyOnce(int pageSize)
    {
        var keys = Enumerable.Range(0, 50).Select(i => $"p/{i:D3}").ToArray();
        foreach (var key in keys) await Store.PutIfAbsentAsync(key, Bytes("x"), Token);
        await Store.PutIfAbsentAsync("q", Bytes("x"), Token);
        Assert.Equal(keys, await AllAsync("p/", pageSize));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5001)]
    public async Task List_PageSizeOutsideTheRange_IsAnArgumentException(int pageSize) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListAsync("", null, pageSize, Token));

    [Fact]
    public async Task List_DuringWrites_GivesWhatStaysExactlyOnce()
    {
        var stays = Enumerable.Range(0, 200).Select(i => $"k/{i:D4}").ToArray();
        await Task.WhenAll(stays.Select(key => Store.PutIfAbsentAsync(key, Bytes("x"), Token)));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var writing = Task.Run(() => ChurnAsync(stop.Token), Token);
        for (var round = 0; round < 20; round++)
        {
            var seen = await AllAsync("k/", 13);
            Assert.Equal(seen.Distinct().Order(StringComparer.Ordinal), seen);
            Assert.Equal(stays, seen.Where(key => key.Length == stays[0].Length));
        }

        await stop.CancelAsync();
        Assert.True(await writing > 0);
    }

    private async Task<List<string>> AllAsync(string prefix, int pageSize)
    {
        var all = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Store.ListAsync(prefix, continuation, pageSize, Token);
            Assert.InRange(page.Keys.Count, 0, pageSize);
            all.AddRange(page.Keys);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return all;
    }

    // Adds and removes keys between those that stay, until stopped.
    private async Task<int> ChurnAsync(CancellationToken stop)
    {
        var rounds = 0;
        for (; !stop.IsCancellationRequested; rounds++)
        {
            var key = $"k/{rounds % 200:D4}/new";
            var eTag = await Store.PutIfAbsentAsync(key, Bytes("y"), CancellationToken.None);
            if (eTag is not null && rounds % 2 == 0) await Store.DeleteIfMatchAsync(key, eTag, CancellationToken.None);
        }

        return rounds;
    }
}
