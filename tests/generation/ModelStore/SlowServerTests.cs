using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

public sealed class SlowServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task InspectAsync_ServerStalls_IsUnreachableAfterTheStallTimeout()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, async exchange =>
        {
            exchange.Context.Response.ContentLength = exchange.Content!.Length;
            await exchange.SendAsync(exchange.Content.AsMemory(0, 1_000));
            await Task.Delay(Timeout.Infinite, exchange.Context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { Retries = 1, StallTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Contains("nothing came for 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ServerDripsBytes_IsUnreachableThoughItNeverStalls()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, async exchange =>
        {
            exchange.Context.Response.ContentLength = exchange.Content!.Length;
            for (int i = 0; i < 100 && !exchange.Context.RequestAborted.IsCancellationRequested; i++)
            {
                await exchange.SendAsync(exchange.Content.AsMemory(i, 1));
                await Task.Delay(50, Token);
            }
        });

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { Retries = 0, StallTimeout = TimeSpan.FromMilliseconds(500) });

        Assert.Contains("fewer than 1024 bytes a second came", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ConfigurationWithoutEnd_IsRefused()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("config.json", exchange =>
        {
            exchange.Context.Response.ContentLength = 1L << 40;
            return exchange.SendAsync(new byte[1_000]);
        });

        Assert.Contains("config.json has more than 268435456 bytes", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_ServerSaysNothing_IsUnreachableAfterTheRequestTimeout()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("config.json", exchange =>
            Task.Delay(Timeout.Infinite, exchange.Context.RequestAborted).ContinueWith(_ => { }, Token, TaskContinuationOptions.None, TaskScheduler.Default));

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { Retries = 0, RequestTimeout = TimeSpan.FromMilliseconds(200) });

        Assert.Contains("did not answer within 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(500)]
    public async Task InspectAsync_BusyServer_IsAskedAgain(int status)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("tokenizer.json", exchange => exchange.Number <= 2 ? exchange.StatusAsync(status) : exchange.ServeAsync());

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
    }

    [Fact]
    public async Task InspectAsync_AlwaysBusy_GivesUpAfterTheRetries()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("tokenizer.json", exchange => exchange.StatusAsync(503));

        Assert.Contains("the server answers 503", (await remote.UnreachableAsync()).Message, StringComparison.Ordinal);
        Assert.Equal(4, remote.Server.Exchanges.Count(exchange => exchange.Name == "tokenizer.json"));
    }

    [Fact]
    public async Task InspectAsync_RetryAfter_IsHonoured()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        long asked = 0, again = 0;
        remote.Server.When("tokenizer.json", exchange =>
        {
            if (exchange.Number == 1)
            {
                asked = TimeProvider.System.GetTimestamp();
                return exchange.StatusAsync(429, retryAfter: "1");
            }

            again = again == 0 ? TimeProvider.System.GetTimestamp() : again;
            return exchange.ServeAsync();
        });

        await remote.InspectAsync();

        Assert.True(TimeProvider.System.GetElapsedTime(asked, again) >= TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task InspectAsync_RetryAfterLongerThanAnybodyWaits_IsUnreachableAtOnce()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("tokenizer.json", exchange => exchange.StatusAsync(429, retryAfter: "3600"));

        Assert.Contains("a pause of 3600 s", (await remote.UnreachableAsync()).Message, StringComparison.Ordinal);
        Assert.Single(remote.Server.Exchanges, exchange => exchange.Name == "tokenizer.json");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task InspectAsync_Forbidden_SaysWhatToDoAndAsksOnce(int status)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When("tokenizer.json", exchange => exchange.StatusAsync(status));

        Assert.Contains($"answers {status}: let this machine read it", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
        Assert.Single(remote.Server.Exchanges, exchange => exchange.Name == "tokenizer.json");
    }

    [Fact]
    public async Task InspectAsync_NothingThere_IsModelGone()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        Directory.Delete(remote.Model.Path, recursive: true);
        Directory.CreateDirectory(remote.Model.Path);

        Assert.Contains("is not there", (await remote.RefusedAsync(FailureKind.ModelGone)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_NobodyListens_IsUnreachable()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        OnnxModelStore store = remote.Store(options => options with { AllowedHosts = ["127.0.0.1:1"] });

        ModelUnreachableException error = await Assert.ThrowsAsync<ModelUnreachableException>(
            () => store.InspectAsync(new ModelReference("http://127.0.0.1:1/model/"), Token));

        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
    }
}
