using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>An evaluation as it was read back.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Manifest">What it was made of.</param>
/// <param name="Suite">The suite, rebuilt from the rows and checked against its hash.</param>
/// <param name="Rows">The rows by prompt id.</param>
public sealed record StoredEvaluation(string Folder, EvaluationManifest Manifest, Suite Suite, ImmutableDictionary<string, ResultRow> Rows)
{
    /// <summary>The scores by prompt id.</summary>
    public Dictionary<string, ScoredResponse> Scores() => Rows.Values.ToDictionary(row => row.Id, ResultRows.ToScores, StringComparer.Ordinal);

    /// <summary>The answers by prompt id.</summary>
    public Dictionary<string, Response> Responses() => Rows.Values.ToDictionary(row => row.Id, ResultRows.ToResponse, StringComparer.Ordinal);
}

/// <summary>An evaluation directory: <c>results.jsonl</c>, <c>summary.json</c>, <c>manifest.json</c>. It appears whole or not at all.</summary>
public static class EvaluationDirectory
{
    /// <summary>The rows.</summary>
    public const string ResultsName = "results.jsonl";

    /// <summary>Statistics.</summary>
    public const string SummaryName = "summary.json";

    /// <summary>What it was made of.</summary>
    public const string ManifestName = "manifest.json";

    /// <summary>Refuses a folder that holds anything but an earlier evaluation, or that cannot be written.</summary>
    /// <exception cref="RailInputException">The folder holds other things, or cannot be written.</exception>
    public static void CheckWritable(string folder)
    {
        if (File.Exists(folder)) throw new RailInputException($"{folder}: is a file; name a folder for the evaluation");
        if (Directory.Exists(folder)) CheckContent(folder);
        OutputPath.Check(folder);
    }

    private static void CheckContent(string folder)
    {
        var strange = Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).FirstOrDefault(name => name is not (ResultsName or SummaryName or ManifestName));
        if (strange is not null) throw new RailInputException($"{folder}: holds '{strange}', which is no part of an evaluation; name an empty folder");
    }

    /// <summary>Writes an evaluation, replacing an earlier one.</summary>
    /// <param name="folder">The folder; its parent is created.</param>
    /// <param name="rows">In suite order.</param>
    /// <param name="summary">Statistics of the rows.</param>
    /// <param name="manifest">Makes the manifest from the hash of the rows.</param>
    /// <exception cref="RailInputException">The folder holds other things.</exception>
    public static void Write(string folder, IEnumerable<ResultRow> rows, CheckpointSummary summary, Func<string, EvaluationManifest> manifest)
    {
        CheckWritable(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = $"{target}.partial-{Environment.ProcessId}";
        Directory.CreateDirectory(beside);
        try
        {
            var list = rows.ToList();
            var results = Encoding.UTF8.GetBytes(string.Concat(list.Select(row => JsonSerializer.Serialize(row, RailJson.Options) + "\n")));
            var made = manifest(Convert.ToHexStringLower(SHA256.HashData(results)));
            File.WriteAllBytes(Path.Combine(beside, ResultsName), results);
            WriteJson(beside, SummaryName, new SummaryFile(Means(summary), Overall(list), made.Blind, summary));
            WriteJson(beside, ManifestName, made);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(beside, target);
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    /// <summary>Reads an evaluation and checks that nothing in it was changed.</summary>
    /// <exception cref="RailInputException">It is missing, incomplete or changed.</exception>
    public static StoredEvaluation Read(string folder)
    {
        var manifest = ReadJson<EvaluationManifest>(folder, ManifestName);
        if (manifest.Version != EvaluationManifest.CurrentVersion)
            throw new RailInputException($"{Place(folder, ManifestName)}: version {manifest.Version}; this build reads {EvaluationManifest.CurrentVersion}; evaluate again");
        var bytes = Bytes(folder, ResultsName);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (hash != manifest.ResultsHash)
            throw new RailInputException($"{Place(folder, ResultsName)}: its content was changed after the evaluation (SHA-256 {hash[..12]}…, the manifest says {manifest.ResultsHash[..12]}…); evaluate again");
        var rows = Rows(bytes, Place(folder, ResultsName));
        if (rows.Count == 0) throw new RailInputException($"{Place(folder, ResultsName)}: has no rows; evaluate again");
        var suite = SuiteIdentity.Create(manifest.SuiteHeader, [.. rows.Select(ResultRows.ToPrompt)]);
        return suite.Hash == manifest.SuiteHash
            ? new StoredEvaluation(folder, manifest, suite, rows.ToImmutableDictionary(row => row.Id))
            : throw new RailInputException($"{Place(folder, ManifestName)}: the suite hash does not fit the results; evaluate again");
    }

    /// <summary>Means per dimension, in points.</summary>
    public static ImmutableSortedDictionary<Dimension, double> Means(CheckpointSummary summary) => summary.Dimensions
        .Where(pair => pair.Value.Count > 0)
        .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Mean()!.Value);

    /// <summary>The mean overall score of rows, 0 to 10, with equal weights: a policy's own weights belong to verdicts. Null where nothing was scored.</summary>
    public static double? Overall(IEnumerable<ResultRow> rows) =>
        OverallScore.Mean(rows.Select(ResultRows.ToScores), ImmutableSortedDictionary<Dimension, double>.Empty);

    private static List<ResultRow> Rows(byte[] bytes, string place)
    {
        var rows = new List<ResultRow>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            try
            {
                var row = JsonSerializer.Deserialize<ResultRow>(line, RailJson.Options)!;
                ResultRows.ToScores(row);
                rows.Add(row);
            }
            catch (Exception exception) when (exception is JsonException or FormatException)
            {
                throw new RailInputException($"{place}:{number}: is not a result row: {exception.Message}", exception);
            }

            if (!ids.Add(rows[^1].Id)) throw new RailInputException($"{place}:{number}: the id '{rows[^1].Id}' stands twice");
        }

        return rows;
    }

    private static void WriteJson<T>(string folder, string name, T content) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content, RailJson.Indented) + "\n");

    private static T ReadJson<T>(string folder, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Bytes(folder, name), RailJson.Options)!;
        }
        catch (JsonException exception)
        {
            throw new RailInputException($"{Place(folder, name)}:{exception.LineNumber + 1}: is not readable: {exception.Message}", exception);
        }
    }

    private static byte[] Bytes(string folder, string name)
    {
        if (!Directory.Exists(folder)) throw new RailInputException($"{folder}: no such folder; 'rail eval … --out {folder}' makes an evaluation");
        var file = Path.Combine(folder, name);
        return File.Exists(file) ? File.ReadAllBytes(file) : throw new RailInputException($"{folder}: has no {name}, so it is no evaluation; 'rail eval' makes one");
    }

    private static string Place(string folder, string name) => Path.Combine(folder, name);

    private sealed record SummaryFile(
        ImmutableSortedDictionary<Dimension, double> Means, double? Overall, ImmutableArray<Dimension> Blind, CheckpointSummary Summary);
}
