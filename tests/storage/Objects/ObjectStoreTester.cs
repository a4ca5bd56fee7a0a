using System.Text;
using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

/// <summary>What every object store must do; one subclass a store.</summary>
public abstract class ObjectStoreTester : IAsyncLifetime
{
    protected IObjectStore Store { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<IObjectStore> OpenAsync();

    protected abstract Task CloseAsync();

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string Text(StoredObject? stored) => Encoding.UTF8.GetString(stored!.Content.Span);

    protected static byte[] Noise(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Fact]
    public async Task Get_NothingThere_IsNull()
    {
        Assert.Null(await Store.GetAsync("a", Token));
        Assert.Null(await Store.OpenReadAsync("a", Token));
    }

    [Fact]
    public async Task PutIfAbsent_Twice_SecondLosesAndWritesNothing()
    {
        var eTag = await Store.PutIfAbsentAsync("a/b", Bytes("first"), Token);
        Assert.NotNull(eTag);
        Assert.Null(await Store.PutIfAbsentAsync("a/b", Bytes("second"), Token));
        Assert.Null(await Store.PutIfAbsentAsync("a/b", new MemoryStream(Noise(3 << 20, 1)), Token));
        var stored = await Store.GetAsync("a/b", Token);
        Assert.Equal("first", Text(stored));
        Assert.Equal(eTag, stored!.ETag);
    }

    [Fact]
    public async Task PutIfAbsent_EmptyContent_IsAnObject()
    {
        Assert.NotNull(await Store.PutIfAbsentAsync("empty", ReadOnlyMemory<byte>.Empty, Token));
        Assert.NotNull(await Store.PutIfAbsentAsync("empty-stream", new MemoryStream(), Token));
        Assert.Equal(0, (await Store.GetAsync("empty", Token))!.Content.Length);
        Assert.Equal(0, (await Store.GetAsync("empty-stream", Token))!.Content.Length);
    }

    [Fact]
    public async Task PutIfAbsent_SixtyFourAtOnce_ExactlyOneWins()
    {
        for (var round = 0; round < 10; round++)
        {
            var key = $"race/{round}";
            var eTags = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Store.PutIfAbsentAsync(key, Bytes($"{i}"), Token))));
            var winner = Assert.Single(Enumerable.Range(0, 64), i => eTags[i] is not null);
            var stored = await Store.GetAsync(key, Token);
            Assert.Equal($"{winner}", Text(stored));
            Assert.Equal(eTags[winner], stored!.ETag);
        }
    }

    [Fact]
    public async Task PutIfMatch_SixtyFourAtOnce_ExactlyOneWins()
    {
        var first = await Store.PutIfAbsentAsync("race", Bytes("first"), Token);
        var eTags = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Store.PutIfMatchAsync("race", Bytes($"{i}"), first!, Token))));
        var winner = Assert.Single(Enumerable.Range(0, 64), i => eTags[i] is not null);
        Assert.Equal($"{winner}", Text(await Store.GetAsync("race", Token)));
    }

    [Fact]
    public async Task PutIfMatch_OldVersion_ChangesNothing()
    {
        var first = await Store.PutIfAbsentAsync("a", Bytes("1"), Token);
        var second = await Store.PutIfMatchAsync("a", Bytes("2"), first!, Token);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
        Assert.Null(await Store.PutIfMatchAsync("a", Bytes("3"), first!, Token));
        Assert.Null(await Store.PutIfMatchAsync("a", Bytes("3"), "no such tag", Token));
        Assert.Null(await Store.PutIfMatchAsync("a", Bytes("3"), $"0{second}", Token));
        Assert.Null(await Store.PutIfMatchAsync("other", Bytes("3"), second!, Token));
        Assert.Equal("2", Text(await Store.GetAsync("a", Token)));
    }

    [Fact]
    public async Task PutIfMatch_SameContent_ChangesTheETag()
    {
        var first = await Store.PutIfAbsentAsync("a", Bytes("same"), Token);
        var second = await Store.PutIfMatchAsync("a", Bytes("same"), first!, Token);
        Assert.NotNull(second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task PutIfMatch_DeletedAndPutAgain_OldETagIsDead()
    {
        var first = await Store.PutIfAbsentAsync("a", Bytes("same"), Token);
        Assert.True(await Store.DeleteIfMatchAsync("a", first!, Token));
        Assert.NotNull(await Store.PutIfAbsentAsync("a", Bytes("same"), Token));
        Assert.Null(await Store.PutIfMatchAsync("a", Bytes("lost"), first!, Token));
        Assert.False(await Store.DeleteIfMatchAsync("a", first!, Token));
    }

    [Fact]
    public async Task DeleteIfMatch_ByVersion_DeletesExactlyThat()
    {
        var first = await Store.PutIfAbsentAsync("a", Bytes("1"), Token);
        var second = await Store.PutIfMatchAsync("a", Bytes("2"), first!, Token);
        Assert.False(await Store.DeleteIfMatchAsync("a", first!, Token));
        Assert.False(await Store.DeleteIfMatchAsync("a", "no such tag", Token));
        Assert.NotNull(await Store.GetAsync("a", Token));
        Assert.True(await Store.DeleteIfMatchAsync("a", second!, Token));
        Assert.Null(await Store.GetAsync("a", Token));
        Assert.False(await Store.DeleteIfMatchAsync("a", second!, Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("..")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("ä")]
    public async Task EveryCall_KeyAgainstTheRule_IsAnArgumentException(string key)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.GetAsync(key, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenReadAsync(key, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync(key, Bytes("x"), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync(key, new MemoryStream(), Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfMatchAsync(key, Bytes("x"), "1", Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteIfMatchAsync(key, "1", Token));
    }

    [Fact]
    public async Task Put_LongestKey_WorksAndOneMoreDoesNot()
    {
        var longest = new string('k', 1024);
        Assert.NotNull(await Store.PutIfAbsentAsync(longest, Bytes("x"), Token));
        Assert.Equal([longest], (await Store.ListAsync(longest, cancellationToken: Token)).Keys);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.PutIfAbsentAsync(longest + "k", Bytes("x"), Token));
    }

    [Theory]
    [InlineData(100)]
    [InlineData((1 << 20) - 1)]
    [InlineData(1 << 20)]
    [InlineData((5 << 20) + 17)]
    public async Task Stream_AnyLength_ComesBackByStreamAndAtOnce(int length)
    {
        var content = Noise(length, length);
        var eTag = await Store.PutIfAbsentAsync("big", new DripStream(content), Token);
        Assert.NotNull(eTag);

        var stored = await Store.GetAsync("big", Token);
        Assert.True(stored!.Content.Span.SequenceEqual(content));
        Assert.Equal(eTag, stored.ETag);

        using var copy = new MemoryStream();
        await using var stream = await Store.OpenReadAsync("big", Token);
        await stream!.CopyToAsync(copy, Token);
        Assert.True(copy.ToArray().AsSpan().SequenceEqual(content));
    }

    [Fact]
    public async Task Stream_ReplacedOrDeleted_FollowsTheETag()
    {
        var first = await Store.PutIfAbsentAsync("big", new MemoryStream(Noise(3 << 20, 3)), Token);
        var second = await Store.PutIfMatchAsync("big", Bytes("small"), first!, Token);
        Assert.Equal("small", Text(await Store.GetAsync("big", Token)));
        Assert.True(await Store.DeleteIfMatchAsync("big", second!, Token));
        Assert.Null(await Store.OpenReadAsync("big", Token));
    }

    [Fact]
    public async Task Stream_BreaksOff_NothingIsVisible()
    {
        var broken = new DripStream(Noise(4 << 20, 4)) { FailAt = 3 << 20 };
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.PutIfAbsentAsync("broken", broken, Token));
        Assert.Null(await Store.GetAsync("broken", Token));
        Assert.Empty((await Store.ListAsync("", cancellationToken: Token)).Keys);
        Assert.NotNull(await Store.PutIfAbsentAsync("broken", new MemoryStream(Noise(2 << 20, 5)), Token));
    }

    [Fact]
    public async Task Stream_TwoUploadsOfOneKey_OneWinsWhole()
    {
        var contents = Enumerable.Range(0, 4).Select(i => Noise(3 << 20, i)).ToArray();
        var eTags = await Task.WhenAll(contents.Select(content => Task.Run(() => Store.PutIfAbsentAsync("big", new DripStream(content), Token))));
        var winner = Assert.Single(Enumerable.Range(0, 4), i => eTags[i] is not null);
        Assert.True((await Store.GetAsync("big", Token))!.Content.Span.SequenceEqual(contents[winner]));
    }

    [Fact]
    public async Task Put_CancelledBefore_WritesNothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutIfAbsentAsync("a", Bytes("x"), source.Token));
        Assert.Null(await Store.GetAsync("a", Token));
    }
}
