using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

public sealed class DamagedCacheTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LoadAsync_DamagedEntry_IsDroppedAndFetchedAgain(bool expected)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        ModelFingerprint fingerprint = (await remote.InspectAsync()).Fingerprint;
        string file = Path.Combine(remote.CachedModels().Single(), "files", "onnx", "model.onnx");
        Damage(file);

        await using OnnxTextGenerator generator = await remote.LoadAsync(expected ? fingerprint : null);

        Assert.Equal(fingerprint, generator.Model.Fingerprint);
        Assert.Equal(File.ReadAllBytes(remote.Model.File(RemoteModel.Graph)), File.ReadAllBytes(file));
        Assert.Equal(2, remote.Server.Exchanges.Count(exchange => exchange.Name == RemoteModel.Graph && exchange.Sent > 0));
    }

    [Fact]
    public async Task LoadAsync_DamagedByWhoeverSharesTheProcess_IsNoticedToo()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        OnnxModelStore store = remote.Store();
        ModelFingerprint fingerprint = (await store.InspectAsync(remote.Reference, Token)).Fingerprint;
        Damage(Path.Combine(remote.CachedModels().Single(), "files", "config.json"));

        ModelInspection again = await store.InspectAsync(remote.Reference, Token);

        Assert.Equal(fingerprint, again.Fingerprint);
        Assert.Equal(2, remote.Server.Exchanges.Count(exchange => exchange.Name == "config.json" && exchange.Sent > 0));
    }

    [Fact]
    public async Task InspectAsync_LeftoversOfACrash_AreTakenUpOrSweptAway()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        string key = CacheLayout.KeyOf(remote.Server.Uri);
        var layout = new CacheLayout(remote.Cache);
        layout.Create();
        Write(Path.Combine(layout.Trash, "x", "files", "weights.bin"));
        Write(layout.Blob(new string('a', 64)));
        Write(Path.Combine(layout.Staging(key), "model", "files", "config.json"));
        Write(layout.Part(key, "config.json"));
        File.WriteAllText(layout.StagingState(key), "{\"Source\":");
        File.WriteAllText(layout.PartState(key, "config.json"), "");

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);

        Assert.Empty(Directory.GetFileSystemEntries(layout.Trash));
        Assert.Empty(Directory.GetFileSystemEntries(layout.AllStaging));
        Assert.False(File.Exists(layout.Blob(new string('a', 64))));
    }

    private static void Write(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "left over");
    }

    private static void Damage(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
    }
}
