using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class UnrulyServerTests
{
    [Fact]
    public async Task InspectAsync_ConnectionCutTwice_GoesOnWhereItBroke()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(cutAfter: exchange.Number <= 2 ? 5_000 : null));

        ModelInspection inspection = await remote.InspectAsync();

        Assert.Equal(await remote.LocalAsync(), inspection.Fingerprint);
        Assert.Equal(new FileInfo(remote.Model.File(RemoteModel.Graph)).Length, remote.Server.Sent(RemoteModel.Graph));
        Exchange[] graph = [.. remote.Server.Exchanges.Where(exchange => exchange.Name == RemoteModel.Graph).Take(3)];
        Assert.Equal([null, "bytes=5000-", "bytes=10000-"], graph.Select(exchange => exchange.Range));
        Assert.NotNull(graph[2].IfRange);
    }

    [Fact]
    public async Task InspectAsync_BrokenOffByAnotherProcess_GoesOnWhereThatBroke()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(cutAfter: exchange.Number == 1 ? 5_000 : null));
        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { Retries = 0 });
        Assert.Contains("onnx/model.onnx broke off at byte 5000", error.Message, StringComparison.Ordinal);

        ModelInspection inspection = await remote.InspectAsync();

        Assert.Equal(await remote.LocalAsync(), inspection.Fingerprint);
        Assert.Equal(new FileInfo(remote.Model.File(RemoteModel.Graph)).Length, remote.Server.Sent(RemoteModel.Graph));
        Assert.Single(remote.Server.Exchanges, exchange => exchange.Name == "tokenizer.json" && exchange.Sent > 0);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(remote.Cache, "staging")));
    }

    [Fact]
    public async Task InspectAsync_ChangedBetweenTwoProcesses_BeginsThatFileAnew()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(cutAfter: exchange.Number == 1 ? 5_000 : null));
        await remote.UnreachableAsync(options => options with { Retries = 0 });
        File.WriteAllBytes(remote.Model.File(RemoteModel.Graph), new TinyDecoder(TinyModel.Vocabulary, seed: 2).ToOnnx());

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
    }

    [Fact]
    public async Task InspectAsync_ServerIgnoresRanges_BeginsThatFileAnew()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(cutAfter: exchange.Number == 1 ? 5_000 : null, ignoreRange: true));

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
    }

    [Fact]
    public async Task InspectAsync_FileChangesInTheMiddle_IsModelChanged()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange =>
        {
            if (exchange.Number > 1)
                exchange.Content = [.. exchange.Content!, 0];
            return exchange.ServeAsync(cutAfter: exchange.Number == 1 ? 5_000 : null);
        });

        ModelException error = await remote.RefusedAsync(FailureKind.ModelChanged);

        Assert.Contains("onnx/model.onnx changed while it was being fetched", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(remote.Cache, "staging")));
    }

    [Fact]
    public async Task InspectAsync_AnotherFileChangesMeanwhile_IsModelChanged()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange =>
        {
            remote.Model.Write("config.json", """{"model_type":"tiny","max_position_embeddings":100,"vocab_size":320}""");
            return exchange.ServeAsync();
        });

        Assert.Contains("config.json changed", (await remote.RefusedAsync(FailureKind.ModelChanged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_MoreThanTheManifestSays_IsRefusedByLengthOrByByte()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.WriteManifest(size: (name, size) => name == RemoteModel.Graph ? size - 1 : size);
        Assert.Contains("were announced", (await remote.RefusedAsync(FailureKind.ModelChanged)).Message, StringComparison.Ordinal);
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(chunked: true));

        Assert.Contains("goes on after", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_OtherContentThanTheManifestSays_IsRefused()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.WriteManifest(hash: (name, hash) => name == "tokenizer.json" ? new string('a', 64) : hash);

        Assert.Contains("tokenizer.json does not hash", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_DamagedPartOfAManifestedFile_IsFetchedAnew()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.WriteManifest();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(cutAfter: exchange.Number == 1 ? 5_000 : null));
        await remote.UnreachableAsync(options => options with { Retries = 0 });
        string part = Directory.GetFiles(Path.Combine(remote.Cache, "staging"), "*.part", SearchOption.AllDirectories).Single(file => new FileInfo(file).Length == 5_000);
        byte[] bytes = File.ReadAllBytes(part);
        bytes[100] ^= 1;
        File.WriteAllBytes(part, bytes);

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
    }

    [Theory]
    [InlineData("../../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("onnx\\..\\evil")]
    [InlineData("a/./b")]
    [InlineData("c:evil")]
    [InlineData("nul.json")]
    public async Task InspectAsync_ManifestNamesAPathOutside_IsRefused(string path)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.WriteManifest(path: name => name == RemoteModel.Graph ? path : name);

        Assert.Contains("rail-model.json names the file", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_GraphNamesWeightsOutside_IsRefusedBeforeTheyAreAskedFor()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        byte[] graph = new TinyDecoder(TinyModel.Vocabulary) { ExternalFile = "../../secret" }.ToOnnx();
        File.WriteAllBytes(remote.Model.File(RemoteModel.Graph), graph);

        Assert.Contains("../../secret", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(remote.Server.Exchanges, exchange => exchange.Name.Contains("secret", StringComparison.Ordinal));
    }
}
