using System.Security.Cryptography;

namespace RailCluster.Training;

/// <summary>What the demo was made with, and the hashes of what was made.</summary>
internal static class DemoManifest
{
    public const string Name = "manifest.json";

    public static void Save(DemoRecipe recipe, string folder) => TokenizerFiles.Write(folder, Name, new
    {
        command = $"dotnet run -c Release --project training -- demo --out demo --seed {recipe.Seed}",
        seed = recipe.Seed,
        promise = "the same command reproduces the finding, not the bits: floating-point sums differ between machines",
        recipe,
        torchsharp = typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString(3),
        files = Hashes(folder),
    });

    /// <summary>SHA-256 of every file that the demo consists of, by relative path.</summary>
    public static SortedDictionary<string, string> Hashes(string folder)
    {
        var files = Directory.EnumerateFiles(Path.Combine(folder, "models"), "*", SearchOption.AllDirectories)
            .Append(Path.Combine(folder, "suite.jsonl"))
            .Append(Path.Combine(folder, "task-metrics.json"));
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
            hashes[Path.GetRelativePath(folder, file).Replace('\\', '/')] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return hashes;
    }
}
