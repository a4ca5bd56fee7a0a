using System.Security.Cryptography;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class CacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_TwoAtOnce_FetchOnce()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();

        ModelInspection[] both = await Task.WhenAll(remote.InspectAsync(), remote.InspectAsync());

        Assert.Equal(both[0], both[1]);
        Assert.Equal(new FileInfo(remote.Model.File(RemoteModel.Graph)).Length, remote.Server.Sent(RemoteModel.Graph));
    }

    [Fact]
    public async Task InspectAsync_TheOneWhoFetchesIsCancelled_TheOtherGoesOn()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        using var first = new CancellationTokenSource();
        var reached = new TaskCompletionSource();
        remote.Server.When(RemoteModel.Graph, async exchange =>
        {
            if (exchange.Number > 1)
            {
                await exchange.ServeAsync();
                return;
            }

            exchange.Context.Response.ContentLength = exchange.Content!.Length;
            await exchange.SendAsync(exchange.Content.AsMemory(0, 1_000));
            reached.SetResult();
            await Task.Delay(Timeout.Infinite, exchange.Context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        Task<ModelInspection> cancelled = remote.Store().InspectAsync(remote.Reference, first.Token);
        await reached.Task.WaitAsync(Token);
        Task<ModelInspection> other = remote.InspectAsync();

        await first.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(await remote.LocalAsync(), (await other).Fingerprint);
    }

    [Fact]
    public async Task InspectAsync_SecondModelDoesNotFit_EvictsTheLeastRecentlyUsed()
    {
        using var cache = new TempFolder();
        await using RemoteModel a = await NewAsync(1), b = await NewAsync(2), c = await NewAsync(3);
        ModelFingerprint fa = await FetchAsync(a, cache, models: 2), fb = await FetchAsync(b, cache, models: 2);
        await FetchAsync(a, cache, models: 2);

        ModelFingerprint fc = await FetchAsync(c, cache, models: 2);

        Assert.Equal(new[] { fa.Hash, fc.Hash }.Order(), Cached(cache));
        Assert.DoesNotContain(fb.Hash, Cached(cache));
        Assert.True(BytesOf(Path.Combine(cache.Path, "blobs")) <= Limit(2));
    }

    [Fact]
    public async Task InspectAsync_TheOldestIsLoaded_EvictsAnotherAndItStillAnswers()
    {
        using var cache = new TempFolder();
        await using RemoteModel a = await NewAsync(1), b = await NewAsync(2), c = await NewAsync(3);
        await using OnnxTextGenerator loaded = await a.LoadAsync(null, options => Within(options, cache, 2));
        ModelFingerprint fb = await FetchAsync(b, cache, models: 2);

        await FetchAsync(c, cache, models: 2);

        Assert.Contains(loaded.Model.Fingerprint.Hash, Cached(cache));
        Assert.DoesNotContain(fb.Hash, Cached(cache));
        Assert.IsType<GenerationOutcome.Answered>((await Ask.OneAsync(loaded, Ask.Tokens("p", 1), new GenerationSettings { MaxNewTokens = 3 })).Outcome);
    }

    [Fact]
    public async Task InspectAsync_AllThatCouldGoIsLoaded_IsUnreachableUntilItEnds()
    {
        using var cache = new TempFolder();
        await using RemoteModel a = await NewAsync(1), b = await NewAsync(2);
        OnnxTextGenerator loaded = await a.LoadAsync(null, options => Within(options, cache, 1));

        ModelUnreachableException error = await Assert.ThrowsAsync<ModelUnreachableException>(() => FetchAsync(b, cache, models: 1));
        await loaded.DisposeAsync();
        ModelFingerprint fb = await FetchAsync(b, cache, models: 1);

        Assert.Contains("full of models in use", error.Message, StringComparison.Ordinal);
        Assert.Equal([fb.Hash], Cached(cache));
    }

    [Fact]
    public async Task InspectAsync_ChangedModelInACacheOfOne_TakesTheOldOnesPlace()
    {
        using var cache = new TempFolder();
        await using RemoteModel remote = await NewAsync(1);
        await FetchAsync(remote, cache, models: 1);
        File.WriteAllBytes(remote.Model.File(RemoteModel.Graph), new TinyDecoder(TinyModel.Vocabulary, seed: 2).ToOnnx());

        ModelFingerprint second = await FetchAsync(remote, cache, models: 1);

        Assert.Equal([second.Hash], Cached(cache));
        Assert.Equal(await remote.LocalAsync(), second);
    }

    [Fact]
    public async Task InspectAsync_LargerThanTheCache_IsRefusedBeforeItComes()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();

        ModelException error = await remote.RefusedAsync(FailureKind.ModelUnusable, options => options with { CacheBytes = 30_000 });

        Assert.Contains("and the model cache holds 30000", error.Message, StringComparison.Ordinal);
        Assert.True(BytesOf(remote.Cache) < 40_000);
    }

    [Fact]
    public async Task InspectAsync_LargerThanTheCacheAndSilentOfItsLength_StopsAtTheLimit()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, async exchange =>
        {
            byte[] block = new byte[1 << 16];
            for (int i = 0; i < 1_000 && !exchange.Context.RequestAborted.IsCancellationRequested; i++)
                await exchange.SendAsync(block);
        });

        ModelException error = await remote.RefusedAsync(FailureKind.ModelUnusable, options => options with { CacheBytes = 1_000_000 });

        Assert.Contains("allow it more bytes", error.Message, StringComparison.Ordinal);
        Assert.True(BytesOf(remote.Cache) <= 1_010_000);
    }

    [Fact]
    public async Task InspectAsync_TwoModelsShareATokenizer_KeepItOnce()
    {
        using var cache = new TempFolder();
        await using RemoteModel a = await NewAsync(1), b = await NewAsync(2);
        await FetchAsync(a, cache, models: 9);
        b.WriteManifest();
        await FetchAsync(b, cache, models: 9);

        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(a.Model.File("tokenizer.json"))));
        Assert.Single(Directory.GetFiles(Path.Combine(cache.Path, "blobs"), hash, SearchOption.AllDirectories));
        Assert.DoesNotContain(b.Server.Exchanges, exchange => exchange.Name == "tokenizer.json");
        Assert.True(BytesOf(Path.Combine(cache.Path, "blobs")) < BytesOf(a.Model.Path) + BytesOf(b.Model.Path));
    }

    private static async Task<RemoteModel> NewAsync(int seed) => await RemoteModel.StartAsync(new TinyModel(new TinyDecoder(TinyModel.Vocabulary, seed)));

    private static async Task<ModelFingerprint> FetchAsync(RemoteModel remote, TempFolder cache, int models) =>
        (await remote.InspectAsync(options => Within(options, cache, models))).Fingerprint;

    // The models differ in their graph alone; the rest is shared.
    private static ModelDownloadOptions Within(ModelDownloadOptions options, TempFolder cache, int models) =>
        options with { CacheFolder = cache.Path, CacheBytes = Limit(models), Retries = 1 };

    private static long Limit(int models)
    {
        using var model = new TinyModel();
        long graph = new FileInfo(model.File(RemoteModel.Graph)).Length;
        return BytesOf(model.Path) + ((models - 1) * graph) + 1_000;
    }

    private static string[] Cached(TempFolder cache) => [.. Directory.GetDirectories(Path.Combine(cache.Path, "models")).Select(path => Path.GetFileName(path)!).Order()];

    private static long BytesOf(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
