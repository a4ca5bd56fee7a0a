using System.Collections.Immutable;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class AzureModelTests(Azurite azurite) : IDisposable
{
    private const string Prefix = "team a/step-100/";

    private readonly TempFolder _cache = new();
    private readonly TinyModel _model = new(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "weights.bin" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ModelDownloadOptions Options => new()
    {
        AllowedHosts = [$"az://{Azurite.Account}"],
        AllowLoopbackHttp = true,
        CacheFolder = _cache.Path,
        Azure = new AzureAccess { ConnectionString = azurite.ConnectionString },
        Retries = 1,
        RetryDelay = TimeSpan.FromMilliseconds(1),
    };

    public void Dispose()
    {
        _model.Dispose();
        _cache.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LoadAsync_BlobFolder_GeneratesAsFromDisk(bool sas)
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        ModelDownloadOptions options = !sas ? Options : Options with
        {
            Azure = new AzureAccess
            {
                Account = Azurite.Account,
                SasToken = azurite.Sas(AccountSasPermissions.Read | AccountSasPermissions.List),
                Endpoint = azurite.Endpoint,
            },
        };

        await using var generator = (OnnxTextGenerator)await Store(options).LoadAsync(Reference(container), null, new LoadOptions(2, Threads: 1), Token);

        Assert.Equal(await LocalAsync(), generator.Model.Fingerprint);
        var settings = new GenerationSettings { MaxNewTokens = 8 };
        Assert.Equal((await Ask.OneAsync(_model, Ask.Tokens("p", 5, 6), settings)).OutputIds, (await Ask.OneAsync(generator, Ask.Tokens("p", 5, 6), settings)).OutputIds);
    }

    [Fact]
    public async Task InspectAsync_ABlobReplaced_IsAnotherModelBesideTheFirst()
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        ModelInspection first = await InspectAsync(container);
        _model.Write("generation_config.json", """{"eos_token_id":[3]}""");
        await container.GetBlobClient(Prefix + "generation_config.json").UploadAsync(_model.File("generation_config.json"), overwrite: true, Token);

        ModelInspection second = await InspectAsync(container);

        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        Assert.Equal(await LocalAsync(), second.Fingerprint);
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_cache.Path, "models")).Length);
    }

    [Fact]
    public async Task OpenAsync_ReplacedAfterTheListing_IsModelChanged()
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        AzureSource source = Source(container);
        ImmutableDictionary<string, RemoteFile> listed = (await source.ListAsync(Token))!;
        await container.GetBlobClient(Prefix + "config.json").UploadAsync(BinaryData.FromString("{}"), overwrite: true, Token);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => source.OpenAsync(listed["config.json"], 0, Token));

        Assert.Equal(FailureKind.ModelChanged, error.Kind);
        Assert.False(await source.IsSameAsync(listed["config.json"], Token));
    }

    [Fact]
    public async Task OpenAsync_FromTheMiddle_GivesTheRest()
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        AzureSource source = Source(container);
        RemoteFile graph = (await source.ListAsync(Token))![RemoteModel.Graph];

        await using RemoteContent content = (await source.OpenAsync(graph, 1_000, Token))!;
        using var rest = new MemoryStream();
        await content.Body.CopyToAsync(rest, Token);

        Assert.Equal(File.ReadAllBytes(_model.File(RemoteModel.Graph))[1_000..], rest.ToArray());
        Assert.Equal((1_000L, graph.Length, graph.Tag), (content.From, content.Length, content.Tag));
        Assert.NotNull(graph.Md5);
    }

    [Fact]
    public async Task InspectAsync_HashOfTheStoreIsAnother_IsRefused()
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        await container.GetBlobClient(Prefix + "config.json").SetHttpHeadersAsync(
            new Azure.Storage.Blobs.Models.BlobHttpHeaders { ContentHash = new byte[16] }, cancellationToken: Token);

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => InspectAsync(container));

        Assert.Contains("config.json does not hash to what was announced", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-here/")]
    [InlineData("team a/step-1/")]
    public async Task InspectAsync_NothingUnderThePrefix_IsModelGone(string prefix)
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);

        ModelException error = await Assert.ThrowsAsync<ModelException>(
            () => Store(Options).InspectAsync(new ModelReference($"az://{Azurite.Account}/{container.Name}/{prefix}"), Token));

        Assert.Equal(FailureKind.ModelGone, error.Kind);
    }

    [Fact]
    public async Task InspectAsync_NoSuchContainer_IsModelGone()
    {
        azurite.Require();

        ModelException error = await Assert.ThrowsAsync<ModelException>(
            () => Store(Options).InspectAsync(new ModelReference($"az://{Azurite.Account}/missing/a/"), Token));

        Assert.Equal(FailureKind.ModelGone, error.Kind);
        Assert.Contains("ContainerNotFound", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_SasWithoutRights_IsRefusedWithoutTheToken()
    {
        azurite.Require();
        BlobContainerClient container = await azurite.UploadAsync(_model.Path, Prefix);
        string token = azurite.Sas(AccountSasPermissions.Write);
        ModelDownloadOptions options = Options with { Azure = new AzureAccess { Account = Azurite.Account, SasToken = token, Endpoint = azurite.Endpoint } };

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => Store(options).InspectAsync(Reference(container), Token));

        Assert.Equal(FailureKind.ModelUnusable, error.Kind);
        Assert.Contains("answers 403", error.Message, StringComparison.Ordinal);
        AssertSilent(error.ToString() + options, token.Split("sig=")[1].Split('&')[0]);
    }

    [Theory]
    [InlineData("AccountName=railtests;AccountKey=s3cret!;EndpointSuffix=example.org")]
    [InlineData("s3cret")]
    public async Task InspectAsync_MalformedConnectionString_IsRefusedWithoutIt(string connection)
    {
        ModelDownloadOptions options = Options with { Azure = new AzureAccess { ConnectionString = connection } };

        ModelException error = await Assert.ThrowsAsync<ModelException>(
            () => Store(options).InspectAsync(new ModelReference($"az://{Azurite.Account}/models/a/"), Token));

        Assert.Equal(FailureKind.ModelUnusable, error.Kind);
        AssertSilent(error.ToString() + options, "s3cret");
    }

    [Fact]
    public async Task InspectAsync_NobodyListens_IsUnreachable()
    {
        string connection = $"AccountName={Azurite.Account};AccountKey={azurite.Key};BlobEndpoint=http://127.0.0.1:1/{Azurite.Account};DefaultEndpointsProtocol=http";
        ModelDownloadOptions options = Options with { Azure = new AzureAccess { ConnectionString = connection } };

        ModelUnreachableException error = await Assert.ThrowsAsync<ModelUnreachableException>(
            () => Store(options).InspectAsync(new ModelReference($"az://{Azurite.Account}/models/a/"), Token));

        AssertSilent(error.ToString(), azurite.Key);
    }

    [Fact]
    public async Task InspectAsync_AccountNotAllowed_IsRefused()
    {
        ModelException error = await Assert.ThrowsAsync<ModelException>(
            () => Store(Options with { AllowedHosts = ["az://another"] }).InspectAsync(new ModelReference($"az://{Azurite.Account}/models/a/"), Token));

        Assert.Contains($"the host az://{Azurite.Account} is not allowed here", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSilent(string text, string secret) => Assert.DoesNotContain(secret, text, StringComparison.Ordinal);

    private static OnnxModelStore Store(ModelDownloadOptions options) => new(new OnnxModelStoreOptions { Downloads = options });

    private static ModelReference Reference(BlobContainerClient container) => new($"az://{Azurite.Account}/{container.Name}/{Uri.EscapeDataString(Prefix).Replace("%2F", "/", StringComparison.Ordinal)}");

    private Task<ModelInspection> InspectAsync(BlobContainerClient container) => Store(Options).InspectAsync(Reference(container), Token);

    private AzureSource Source(BlobContainerClient container) =>
        new(ModelLocation.Parse(Reference(container).Path), new AllowedHosts(Options.AllowedHosts, loopbackHttp: true), Options, TimeProvider.System);

    private async Task<ModelFingerprint> LocalAsync() =>
        (await new OnnxModelStore(new OnnxModelStoreOptions()).InspectAsync(new ModelReference(_model.Path), Token)).Fingerprint;
}
