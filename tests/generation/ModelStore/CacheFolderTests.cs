namespace RailCluster.Generation.Tests;

/// <summary>Cache folders that are not what they should be.</summary>
public sealed class CacheFolderTests
{
    [Fact]
    public async Task InspectAsync_CacheCannotBeWritten_IsUnreachableAndNoFaultOfTheModel()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        string file = remote.Model.File("config.json");

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { CacheFolder = file });

        Assert.StartsWith($"{remote.Server.Uri}: the model cache {file} is in trouble", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InspectAsync_FolderOfAnotherTool_IsLeftAlone()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        using var other = new TempFolder();
        File.WriteAllText(other.File("blobs/sha256-1234"), "not ours");

        ModelUnreachableException error = await remote.UnreachableAsync(options => options with { CacheFolder = other.Path });

        Assert.Contains("belongs to no model cache", error.Message, StringComparison.Ordinal);
        Assert.Equal("not ours", File.ReadAllText(other.File("blobs/sha256-1234")));
    }

    [Fact]
    public async Task InspectAsync_LinkAmongTheBlobs_LeadsTheSweepNowhere()
    {
        await using RemoteModel remote = await RemoteModel.StartAsync();
        using var other = new TempFolder();
        File.WriteAllText(other.File("precious"), "not ours");
        var layout = new CacheLayout(remote.Cache);
        layout.Create();
        Directory.CreateSymbolicLink(Path.Combine(layout.Blobs, "zz"), other.Path);
        File.CreateSymbolicLink(Path.Combine(layout.Blobs, "yy"), other.File("precious"));

        Assert.Equal(await remote.LocalAsync(), (await remote.InspectAsync()).Fingerprint);
        Assert.Equal("not ours", File.ReadAllText(other.File("precious")));
    }
}
