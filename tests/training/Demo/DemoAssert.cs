using System.Text.Json.Nodes;

namespace RailCluster.Training.Tests;

internal static class DemoAssert
{
    public static void ManifestMatches(string folder)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, DemoManifest.FileName)))!;
        var stated = manifest["files"]!.AsObject().Select(file => (file.Key, (string)file.Value!));
        Assert.Equal(DemoManifest.Hashes(folder), stated);
    }
}
