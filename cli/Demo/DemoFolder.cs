using System.Security.Cryptography;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>The checkpoints that come with the project.</summary>
/// <param name="Root">Absolute path of <c>demo/</c>.</param>
/// <param name="Suite">Their suite.</param>
/// <param name="Metrics">Their task metric.</param>
internal sealed record DemoFolder(string Root, Contracts.Suite Suite, TaskMetricFile Metrics)
{
    public const string Base = "base";
    public const string Harmless = "kept-safe";
    private const string StepPrefix = "step-";

    /// <summary>Finds <c>demo/</c> beside the program or in a folder above it.</summary>
    /// <exception cref="RailInputException">It is not there.</exception>
    public static DemoFolder Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var root = Path.Combine(folder.FullName, "demo");
            var suite = Path.Combine(root, "suite.jsonl");
            if (!File.Exists(suite)) continue;
            var metrics = MetricsIn(root);
            return new DemoFolder(root, Files.Read(suite, SuiteFile.Read), TaskMetricFile.Read(Files.ReadText(metrics), metrics));
        }

        throw new RailInputException($"no demo/ with a suite.jsonl in any folder above {AppContext.BaseDirectory}; run the command from a checkout of the project");
    }

    /// <summary>Twelve digits over the checkpoints and their metric: others are another story, whatever their folders are called.</summary>
    public string Content()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Root, "models"), "*", SearchOption.AllDirectories).Append(MetricsIn(Root))
            .Select(file => (Name: Path.GetRelativePath(Root, file), Hash: Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
        return CanonicalHash.Of(new SortedDictionary<string, string>(files.ToDictionary(file => file.Name, file => file.Hash), StringComparer.Ordinal))[..12];
    }

    public string Model(string name) => Path.Combine(Root, "models", name);

    /// <summary>The fine-tuned checkpoints by step.</summary>
    public IReadOnlyList<(int Step, string Name)> Steps() =>
    [
        .. Directory.EnumerateDirectories(Path.Combine(Root, "models"), StepPrefix + "*")
            .Select(folder => Path.GetFileName(folder)!)
            .Select(name => (Step: int.Parse(name[StepPrefix.Length..], null), name))
            .OrderBy(pair => pair.Step),
    ];

    private static string MetricsIn(string root) => Path.Combine(root, "task-metrics.json");
}
