using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class WebModelTests
{
    private static readonly GenerationSettings Settings = new() { MaxNewTokens = 10 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LoadAsync_WebFolderWithWeightsBeside_GeneratesAsFromDisk(bool manifest)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync(new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "weights.bin" }));
        if (manifest)
            remote.WriteManifest();
        GeneratedText local = await Ask.OneAsync(remote.Model, Ask.Tokens("p", 1, 2), Settings);

        await using OnnxTextGenerator generator = await remote.LoadAsync();
        GeneratedText fetched = await Ask.OneAsync(generator, Ask.Tokens("p", 1, 2), Settings);

        Assert.Equal(local.OutputIds, fetched.OutputIds);
        Assert.Equal(await remote.LocalAsync(), generator.Model.Fingerprint);
        Assert.Equal("", (await generator.ProveAsync(Settings, Token)).Failures());
    }

    [Fact]
    public async Task InspectAsync_GenaiLayout_HasTheSameFingerprint()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync(new TinyModel(new TinyDecoder(TinyModel.Vocabulary) { Names = new GraphNames { Past = ["past_%d.key", "past_%d.value"] } }));

        ModelInspection inspection = await remote.InspectAsync();

        Assert.Equal(await remote.LocalAsync(), inspection.Fingerprint);
        Assert.Equal("genai", inspection.Layout);
    }

    [Fact]
    public async Task InspectAsync_NothingChanged_FetchesNoFileAgain()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        ModelInspection first = await remote.InspectAsync();
        long sent = remote.Server.Exchanges.Sum(exchange => exchange.Sent);

        ModelInspection second = await remote.InspectAsync();

        Assert.Equal(first, second);
        Assert.Equal(sent, remote.Server.Exchanges.Sum(exchange => exchange.Sent));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InspectAsync_AFileChanged_FetchesThatOneAlone(bool manifest)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        if (manifest)
            remote.WriteManifest();
        ModelInspection first = await remote.InspectAsync();
        remote.Model.Write("generation_config.json", """{"eos_token_id":[3]}""");
        if (manifest)
            remote.WriteManifest();

        ModelInspection second = await remote.InspectAsync();

        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
        Assert.Equal(await remote.LocalAsync(), second.Fingerprint);
        Assert.True(remote.Server.Exchanges.Count(exchange => exchange.Name == "generation_config.json" && exchange.Sent > 0) > 1);
        foreach (string name in new[] { RemoteModel.Graph, "tokenizer.json", "config.json" })
            Assert.Single(remote.Server.Exchanges, exchange => exchange.Name == name && exchange.Sent > 0);
    }

    [Fact]
    public async Task InspectAsync_AnOptionalFileCame_IsNoticed()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync(new TinyModel(template: null));
        await remote.InspectAsync();
        remote.Model.Write("chat_template.jinja", TinyModel.Template);

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
    }

    [Fact]
    public async Task LoadAsync_ExpectedContentIsHere_AsksTheServerNothing()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        ModelFingerprint fingerprint = (await remote.InspectAsync()).Fingerprint;
        int asked = remote.Server.Exchanges.Count;

        await using OnnxTextGenerator generator = await remote.LoadAsync(fingerprint);

        Assert.Equal(asked, remote.Server.Exchanges.Count);
        Assert.Equal(fingerprint, generator.Model.Fingerprint);
    }

    [Fact]
    public async Task LoadAsync_OtherContentThanExpected_IsModelChangedAndLetsGo()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => remote.LoadAsync(new ModelFingerprint(new string('0', 64))));

        Assert.Equal(FailureKind.ModelChanged, error.Kind);
        FileLock.TryTake(Path.Combine(remote.CachedModels().Single(), "index.json"))!.Dispose();
    }

    [Fact]
    public async Task InspectAsync_NoETags_FetchesAnewEachTime()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.HasTags = false;

        Assert.Equal(await remote.InspectAsync(), await remote.InspectAsync());
        Assert.Equal(2, remote.Server.Exchanges.Count(exchange => exchange.Name == RemoteModel.Graph));
    }

    [Fact]
    public async Task LoadTokenizerAsync_WebFolder_Tokenizes()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();

        ModelTokenizer tokenizer = await remote.Store().LoadTokenizerAsync(remote.Server.Uri, Token);

        Assert.Equal(ModelTokenizer.Load(remote.Model.Path).Encode("hello there", true), tokenizer.Encode("hello there", true));
    }

    [Fact]
    public async Task InspectAsync_FileUri_IsTheFolder()
    {
        using var model = new TinyModel();
        var store = new OnnxModelStore(new OnnxModelStoreOptions { ModelRoots = [model.Path] });

        Assert.Equal(
            await store.InspectAsync(new ModelReference(model.Path), Token),
            await store.InspectAsync(new ModelReference($"file://{model.Path}"), Token));
        ModelException error = await Assert.ThrowsAsync<ModelException>(() => store.InspectAsync(new ModelReference("file:///etc"), Token));
        Assert.Contains("allowed model roots", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_UnknownLayout_NamesTheUriAndNotTheCache()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        File.Delete(remote.Model.File(RemoteModel.Graph));

        ModelException error = await remote.RefusedAsync(FailureKind.ModelUnusable);

        Assert.StartsWith($"{remote.Server.Uri}: incomplete: onnx/model.onnx is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_BadTokenizer_NamesTheUriAndNotTheCache()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Model.Write("tokenizer.json", "{");

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => remote.InspectAsync());

        Assert.StartsWith($"{remote.Server.Uri}: tokenizer.json", error.Message, StringComparison.Ordinal);
    }
}
