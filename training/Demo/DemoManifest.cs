using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace RailCluster.Training;

/// <summary>How the demo was made, and the SHA-256 of every file of it.</summary>
public static class DemoManifest
{
    public const string FileName = "manifest.json";

    /// <summary>The manifest of the files that lie in the folder now.</summary>
    public static JsonObject Create(DemoSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new JsonObject
        {
            ["version"] = 1,
            ["command"] = DemoReadme.Command(settings),
            ["seed"] = settings.Seed,
            ["libraries"] = new JsonObject
            {
                ["TorchSharp"] = VersionOf(typeof(TorchSharp.torch)),
                ["libtorch"] = TorchSharp.torch.__version__,
                ["Microsoft.ML.OnnxRuntime"] = VersionOf(typeof(Microsoft.ML.OnnxRuntime.InferenceSession)),
                ["Google.Protobuf"] = VersionOf(typeof(Google.Protobuf.ByteString)),
                ["runtime"] = Environment.Version.ToString(),
            },
            ["files"] = new JsonObject(Hashes(settings.Folder).Select(file => KeyValuePair.Create(file.Path, (JsonNode?)file.Hash))),
        };
    }

    /// <summary>Relative path, with forward slashes, and SHA-256 of every file but the manifest itself and the classifier's.</summary>
    public static IEnumerable<(string Path, string Hash)> Hashes(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(folder, path).Replace('\\', '/'), Hash: HashOf(path)))
            // The classifier beside the demo is made by a command of its own.
            .Where(file => file.Path != FileName && !file.Path.StartsWith("classifier/", StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal);

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

    private static string VersionOf(Type type)
    {
        var assembly = type.Assembly;
        var full = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version!.ToString();
        return full.Split('+')[0];
    }
}
