namespace RailCluster.Architecture.Tests;

/// <summary>Which project may know which: contracts ← evaluation ← {generation, scoring, storage, reports, grains} ← silo ← cli, and so on.</summary>
internal static class Arrows
{
    private static readonly string[] Rooms = ["generation", "scoring", "storage", "reports", "grains"];

    /// <summary>For every project, all that it may reference, directly or not.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["contracts"] = [],
        ["evaluation"] = ["contracts"],
        ["services"] = ["contracts", "evaluation"],
        ["generation"] = ["contracts", "evaluation", "services"],
        ["scoring"] = ["contracts", "evaluation", "services"],
        ["storage"] = ["contracts", "evaluation"],
        ["reports"] = ["contracts", "evaluation"],
        ["grains"] = ["contracts", "evaluation"],
        ["silo"] = ["contracts", "evaluation", "services", .. Rooms],
        ["client"] = ["contracts"],
        ["cli"] = ["contracts", "evaluation", "services", .. Rooms, "silo", "client"],
        ["training"] = ["contracts", "evaluation", "services", "generation", "client"],
        ["benchmarks"] = ["contracts", "evaluation", "services", "generation", "scoring", "reports", "client", "training"],
    };

    /// <summary>Packages that only some projects may reference; a name that ends in '*' stands for all that begin so.</summary>
    public static IReadOnlyDictionary<string, string[]> Packages { get; } = new Dictionary<string, string[]>
    {
        ["TorchSharp*"] = ["training"],
        ["libtorch*"] = ["training"],
        ["Microsoft.ML.OnnxRuntime*"] = ["generation", "scoring"],
        ["Microsoft.ML.Tokenizers"] = ["generation", "training"],
        ["Microsoft.Extensions.AI*"] = ["services", "generation", "scoring"],
        ["Polly*"] = ["services"],
        ["Microsoft.Data.Sqlite"] = ["storage"],
        // generation: for the model store alone (docs/decisions/0013).
        ["Azure.*"] = ["storage", "silo", "generation"],
        ["Npgsql"] = ["silo"],
        ["StackExchange.Redis"] = ["silo"],
        ["Microsoft.Orleans.Server"] = ["grains", "storage", "silo"],
        ["Microsoft.Orleans.Client"] = ["client"],
        ["OpenTelemetry*"] = ["silo"],
        ["Spectre.Console"] = ["cli"],
        ["System.CommandLine"] = ["cli", "training", "benchmarks"],
        ["SkiaSharp*"] = ["reports"],
        // evaluation: prompt sets are published as Parquet, and reading bytes is a pure function (docs/decisions/0030).
        ["Parquet.Net"] = ["evaluation", "reports"],
    };

    /// <summary>References against the arrows, in words.</summary>
    public static IEnumerable<string> Broken(IEnumerable<(string From, string To)> references) =>
        from reference in references
        where !Allowed.TryGetValue(reference.From, out var allowed) || !allowed.Contains(reference.To)
        select $"{reference.From} must not know {reference.To}";

    /// <summary>Package references of the wrong projects, in words.</summary>
    public static IEnumerable<string> MisplacedPackages(IEnumerable<(string Project, string Package)> references) =>
        from reference in references
        from rule in Packages
        where Matches(reference.Package, rule.Key) && !rule.Value.Contains(reference.Project)
        select $"{reference.Project} must not reference {reference.Package}; only {string.Join(" and ", rule.Value)} may";

    /// <summary>All that each project reaches, over any number of steps.</summary>
    public static IEnumerable<(string From, string To)> Closure(IReadOnlyCollection<(string From, string To)> direct)
    {
        foreach (var from in direct.Select(reference => reference.From).Distinct())
        {
            var reached = new HashSet<string>();
            var open = new Queue<string>([from]);
            while (open.TryDequeue(out var current))
            {
                foreach (var (_, to) in direct.Where(reference => reference.From == current))
                {
                    if (reached.Add(to)) open.Enqueue(to);
                }
            }

            foreach (var to in reached) yield return (from, to);
        }
    }

    private static bool Matches(string package, string pattern) =>
        pattern.EndsWith('*') ? package.StartsWith(pattern[..^1], StringComparison.Ordinal) : package == pattern;
}
