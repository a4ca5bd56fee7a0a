using System.Security.Cryptography;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

/// <summary>A tiny model on an <see cref="UnrulyServer"/>, and a cache for whoever fetches it.</summary>
internal sealed class RemoteModel : IAsyncDisposable
{
    public const string Graph = "onnx/model.onnx";

    private readonly TempFolder _cache = new();

    private RemoteModel(TinyModel model, UnrulyServer server) => (Model, Server) = (model, server);

    public TinyModel Model { get; }

    public UnrulyServer Server { get; }

    public string Cache => _cache.Path;

    public ModelReference Reference => new(Server.Uri);

    public ModelDownloadOptions Options => new()
    {
        AllowedHosts = [Server.Host],
        AllowLoopbackHttp = true,
        CacheFolder = Cache,
        Azure = new AzureAccess(),
        Retries = 3,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromSeconds(5),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RemoteModel> StartAsync(TinyModel? model = null)
    {
        model ??= new TinyModel();
        return new RemoteModel(model, await UnrulyServer.StartAsync(model.Path));
    }

    /// <summary>A store as a new process would have it.</summary>
    public OnnxModelStore Store(Func<ModelDownloadOptions, ModelDownloadOptions>? change = null) =>
        new(new OnnxModelStoreOptions { Downloads = (change ?? (options => options))(Options) });

    public Task<ModelInspection> InspectAsync(Func<ModelDownloadOptions, ModelDownloadOptions>? change = null) => Store(change).InspectAsync(Reference, Token);

    public async Task<ModelFingerprint> LocalAsync() =>
        (await new OnnxModelStore(new OnnxModelStoreOptions()).InspectAsync(new ModelReference(Model.Path), Token)).Fingerprint;

    public async Task<OnnxTextGenerator> LoadAsync(ModelFingerprint? expected = null, Func<ModelDownloadOptions, ModelDownloadOptions>? change = null) =>
        (OnnxTextGenerator)await Store(change).LoadAsync(Reference, expected, new LoadOptions(2, Threads: 1), Token);

    public async Task<ModelException> RefusedAsync(FailureKind kind, Func<ModelDownloadOptions, ModelDownloadOptions>? change = null)
    {
        ModelException error = await Assert.ThrowsAsync<ModelException>(() => InspectAsync(change));
        Assert.Equal(kind, error.Kind);
        Assert.DoesNotContain('\n', error.Message);
        AssertNothingVisible();
        return error;
    }

    public async Task<ModelUnreachableException> UnreachableAsync(Func<ModelDownloadOptions, ModelDownloadOptions>? change = null)
    {
        ModelUnreachableException error = await Assert.ThrowsAsync<ModelUnreachableException>(() => InspectAsync(change));
        AssertNothingVisible();
        return error;
    }

    /// <summary>Publishes a manifest of the model's files; the caller may lie in it.</summary>
    public void WriteManifest(Func<string, string>? path = null, Func<string, long, long>? size = null, Func<string, string, string>? hash = null)
    {
        var files = Directory.EnumerateFiles(Model.Path, "*", SearchOption.AllDirectories).Select(file =>
        {
            string name = Path.GetRelativePath(Model.Path, file);
            string sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
            return new
            {
                path = path?.Invoke(name) ?? name,
                size = size?.Invoke(name, new FileInfo(file).Length) ?? new FileInfo(file).Length,
                sha256 = hash?.Invoke(name, sha256) ?? sha256,
            };
        }).ToArray();
        Model.Write("rail-model.json", JsonSerializer.Serialize(new { files }));
    }

    public string[] CachedModels() => Directory.Exists(Path.Combine(Cache, "models")) ? Directory.GetDirectories(Path.Combine(Cache, "models")) : [];

    public void AssertNothingVisible() => Assert.Empty(CachedModels());

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Model.Dispose();
        _cache.Dispose();
    }
}
