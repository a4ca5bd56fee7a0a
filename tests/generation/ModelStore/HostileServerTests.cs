using System.Text;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Servers that would keep a fetch busy for ever, or that say what cannot be.</summary>
public sealed class HostileServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task InspectAsync_AlwaysCutAtTheSameByteAndNeverResumed_GivesUpAfterTheRetries(bool tags)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.HasTags = tags;
        remote.Server.When(RemoteModel.Graph, exchange =>
        {
            exchange.Content = new byte[4 << 20];
            return exchange.Number > 20 ? exchange.StatusAsync(403) : exchange.ServeAsync(cutAfter: 2 << 20, ignoreRange: true);
        });

        Assert.Contains("broke off at byte", (await remote.UnreachableAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(5, remote.Server.Exchanges.Count(exchange => exchange.Name == RemoteModel.Graph));
    }

    [Fact]
    public async Task InspectAsync_ManifestDripsBytes_IsUnreachableThoughItNeverStalls()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("rail-model.json", async exchange =>
        {
            for (int i = 0; i < 200 && !exchange.Context.RequestAborted.IsCancellationRequested; i++)
            {
                await exchange.SendAsync(Encoding.ASCII.GetBytes(" "));
                await Task.Delay(50, Token);
            }
        });

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { Retries = 0, StallTimeout = TimeSpan.FromMilliseconds(500) });

        Assert.Contains("fewer than 1024 bytes a second came", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ManifestWithALengthBeyondAllNumbers_IsRefused()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.WriteManifest(size: (name, size) => name == RemoteModel.Graph ? long.MaxValue : size);
        remote.Server.When(RemoteModel.Graph, exchange => exchange.ServeAsync(chunked: true));

        Assert.Contains("allow it more bytes", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rail-model.json", """{"files":[{"path":"a\ud800","size":1,"sha256":"00"}]}""")]
    [InlineData("rail-model.json", """{"files":[],"files":[]}""")]
    [InlineData("config.json", """{"model_type":"a\ud800"}""")]
    [InlineData("genai_config.json", """{"model":{"decoder":{"filename":"a\ud800"}}}""")]
    public async Task InspectAsync_JsonThatNobodyCanRead_IsRefusedByTheFolder(string name, string json)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Model.Write(name, json);

        Assert.StartsWith($"{remote.Server.Uri}: ", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ManifestNamesOneGraphOfAnotherName_HasTheSameFingerprint()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        File.Move(remote.Model.File(RemoteModel.Graph), remote.Model.File("onnx/model_q4.onnx"));
        ModelFingerprint local = await remote.LocalAsync();
        remote.WriteManifest();

        Assert.Equal(local, (await remote.InspectAsync()).Fingerprint);
    }

    [Fact]
    public async Task InspectAsync_ManifestNamesSeveralGraphs_IsRefused()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        File.Move(remote.Model.File(RemoteModel.Graph), remote.Model.File("onnx/model_q4.onnx"));
        remote.Model.WriteGraph("onnx/model_q8.onnx");
        remote.WriteManifest();

        Assert.Contains(
            "several graphs are there (onnx/model_q4.onnx, onnx/model_q8.onnx)",
            (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message,
            StringComparison.Ordinal);
    }
}
