using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class AllowedHostTests
{
    [Theory]
    [InlineData("https://models.example.org/a/", "models.example.org", true)]
    [InlineData("https://MODELS.example.org/a/", "models.example.org", true)]
    [InlineData("https://models.example.org:8443/a/", "models.example.org", false)]
    [InlineData("https://models.example.org:8443/a/", "models.example.org:8443", true)]
    [InlineData("https://models.example.org.evil.net/a/", "models.example.org", false)]
    [InlineData("https://evil.net/models.example.org/", "models.example.org", false)]
    [InlineData("https://anything.example/a/", "*", true)]
    [InlineData("http://models.example.org/a/", "*", false)]
    [InlineData("http://127.0.0.1:80/a/", "*", true)]
    [InlineData("ftp://models.example.org/a/", "*", false)]
    [InlineData("file:///etc/", "*", false)]
    [InlineData("az://account/models/a/", "az://account", true)]
    [InlineData("az://other/models/a/", "az://account", false)]
    [InlineData("https://account/a/", "az://account", false)]
    public void Require_Uri_PassesOrIsRefused(string uri, string allowed, bool passes)
    {
        var hosts = new AllowedHosts([allowed], loopbackHttp: true);

        if (passes)
            hosts.Require(new Uri(uri));
        else
            Assert.Equal(FailureKind.ModelUnusable, Assert.Throws<ModelException>(() => hosts.Require(new Uri(uri))).Kind);
    }

    [Theory]
    [InlineData("models.example.org", true)]
    [InlineData("models.example.org:8443", true)]
    [InlineData("az://account", true)]
    [InlineData("*", true)]
    [InlineData("models.example.org:443", false)] // No name of a model is spelled so: it would allow nothing, and tell nobody.
    [InlineData("https://models.example.org", false)]
    [InlineData("models.example.org/", false)]
    [InlineData("*.example.org", false)]
    [InlineData("someone@models.example.org", false)]
    public void IsHost_Entry_IsOneOrNot(string entry, bool host) => Assert.Equal(host, ModelDownloadOptions.IsHost(entry));

    [Fact]
    public void Require_LoopbackHttpNotAllowed_IsRefused() =>
        Assert.Throws<ModelException>(() => new AllowedHosts(["*"], loopbackHttp: false).Require(new Uri("http://127.0.0.1/a/")));

    [Fact]
    public async Task InspectAsync_HostNotAllowed_SaysWhichToAddAndAsksNothing()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();

        ModelException error = await remote.RefusedAsync(FailureKind.ModelUnusable, options => options with { AllowedHosts = [] });

        Assert.Contains($"the host {remote.Server.Host} is not allowed here; add it to the allowed hosts", error.Message, StringComparison.Ordinal);
        Assert.Empty(remote.Server.Exchanges);
    }

    [Fact]
    public async Task InspectAsync_RedirectToAnAllowedHost_IsFollowed()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        await using UnrulyServer other = await UnrulyServer.StartAsync(remote.Model.Path);
        remote.Server.When(RemoteModel.Graph, exchange => exchange.RedirectAsync($"{other.Uri}{RemoteModel.Graph}?X-Signature=s3cret"));

        ModelInspection inspection = await remote.InspectAsync(options => options with { AllowedHosts = [remote.Server.Host, other.Host] });

        Assert.Equal(await remote.LocalAsync(), inspection.Fingerprint);
        Assert.Equal(new FileInfo(remote.Model.File(RemoteModel.Graph)).Length, other.Sent(RemoteModel.Graph));
    }

    [Fact]
    public async Task InspectAsync_RedirectToAnotherHost_IsRefusedWithoutItsSecrets()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.RedirectAsync("https://someone:pa55word@elsewhere.example/model.onnx?sig=s3cret#s3cret"));

        ModelException error = await remote.RefusedAsync(FailureKind.ModelUnusable);

        Assert.Contains("the host elsewhere.example is not allowed", error.Message, StringComparison.Ordinal);
        AssertSilent(error);
    }

    [Fact]
    public async Task InspectAsync_RedirectsWithoutEnd_IsRefused()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        remote.Server.When(RemoteModel.Graph, exchange => exchange.RedirectAsync(remote.Server.Uri + RemoteModel.Graph));

        Assert.Contains("redirects more than 5 times", (await remote.RefusedAsync(FailureKind.ModelUnusable)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://someone:pa55word@models.example.org/a/")]
    [InlineData("https://models.example.org/a/?sv=1&sig=s3cret")]
    [InlineData("az://account/models/a?sig=s3cret")]
    [InlineData("https://models.example.org/a/#s3cret")]
    [InlineData("https://someone:pa55/word@models.example.org/a/")]
    public async Task InspectAsync_CredentialsInTheName_AreRefusedAndNotRepeated(string name)
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        OnnxModelStore store = remote.Store(options => options with { AllowedHosts = ["*"] });

        ModelException error = await Assert.ThrowsAsync<ModelException>(() => store.InspectAsync(new ModelReference(name), TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.ModelUnusable, error.Kind);
        AssertSilent(error);
    }

    private static void AssertSilent(Exception error)
    {
        foreach (string secret in new[] { "s3cret", "pa55", "someone" })
            Assert.DoesNotContain(secret, error.ToString(), StringComparison.Ordinal);
    }
}
