using RailCluster.Generation;
using RailCluster.Silo;

namespace RailCluster.Cli.Tests;

public sealed class ModelUriTests : RailTest
{
    [Theory]
    [InlineData("model inspect https://someone:s3cret@models.example.org/a/")]
    [InlineData("model inspect https://models.example.org/a/?sig=s3cret")]
    [InlineData("tokenize --model az://account/models/a/?sig=s3cret")]
    [InlineData("run submit mine --step 1 --model https://models.example.org/a/?sig=s3cret")]
    public async Task Rail_CredentialsInAModelsName_AreRefusedAndNotRepeated(string command)
    {
        await RefusesAsync("a model's name carries no credentials", command.Split(' '));
        Assert.DoesNotContain("s3cret", (await RailAsync(command.Split(' '))).Error);
    }

    [Fact]
    public async Task ModelInspect_PlainHttp_IsRefused() =>
        await RefusesAsync("http: is not spoken", "model", "inspect", "http://models.example.org/a/");

    [Fact]
    public async Task RunSubmit_FileUriOfNothing_IsRefused() =>
        await RefusesAsync("no such model folder", "run", "submit", "mine", "--step", "1", "--model", "file://" + At("missing"));

    [Fact]
    public async Task Tokenize_FileUri_IsTheFolder()
    {
        var folder = await RailAsync("hello", ["tokenize", "--model", Model("base")]);
        var uri = await RailAsync("hello", ["tokenize", "--model", "file://" + Model("base")]);

        Assert.Equal((0, folder.Out), (uri.Code, uri.Out));
    }

    [Fact]
    public void ServeConfig_HostsAndCache_ReachTheStore()
    {
        var file = Write("rail.json", $$"""{"allowed_hosts": ["models.example.org", "az://account"], "cache_folder": "{{At("cache")}}", "cache_bytes": 5000000000}""");

        var downloads = ServeSettings.Read(file).ToSilo().Downloads;

        Assert.Equal(["models.example.org", "az://account"], downloads.AllowedHosts);
        Assert.Equal((At("cache"), 5_000_000_000), (downloads.CacheFolder, downloads.CacheBytes));
        Assert.False(downloads.AllowLoopbackHttp);
    }

    [Fact]
    public async Task Serve_ConfigThatNamesNoHost_IsRefused()
    {
        var file = Write("rail.json", """{"allowed_hosts": ["https://models.example.org/a"], "cache_bytes": 0}""");

        var called = await RailAsync("serve", "--data", At("data"), "--config", file);

        Assert.Equal(2, called.Code);
        Assert.Contains("allowed_hosts: 'https://models.example.org/a' is no host", called.Error);
        Assert.Contains("cache_bytes: is 1 or more", called.Error);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("/models", "", "/models")]
    [InlineData("/models", "Models.example.org,az://account", "/models,https://models.example.org,az://account")]
    [InlineData("", "models.example.org:8443", "/,https://models.example.org:8443")]
    [InlineData("/models", "*", "/models,https:/,az:/")]
    public void ModelClaims_RootsAndHosts_AreBeginningsOfNames(string roots, string hosts, string claims)
    {
        var settings = new SiloSettings { ModelRoots = [.. Split(roots)], Downloads = new ModelDownloadOptions { AllowedHosts = [.. Split(hosts)] } };

        Assert.Equal(Split(claims), settings.ModelClaims);
    }

    private static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
