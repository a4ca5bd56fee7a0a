using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

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
            var made = manifest(WriteRows(Path.Combine(beside, ResultsName), list));
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
    public static StoredEvaluation Read(string folder) => new EvaluationReader(folder).Read();

    /// <summary>Means per dimension, in points.</summary>
    public static ImmutableSortedDictionary<Dimension, double> Means(CheckpointSummary summary) => summary.Dimensions
        .Where(pair => pair.Value.Count > 0)
        .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value.Mean()!.Value);

    /// <summary>The mean overall score of rows, 0 to 10, with equal weights: a policy's own weights belong to verdicts. Null where nothing was scored.</summary>
    public static double? Overall(IEnumerable<ResultRow> rows) =>
        OverallScore.Mean(rows.Where(row => row.Outcome != ResultRows.Unread).Select(ResultRows.ToScores), ImmutableSortedDictionary<Dimension, double>.Empty);

    // Hashed on the way: a large evaluation is never held as text.
    private static string WriteRows(string file, List<ResultRow> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        foreach (var row in rows)
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(row, RailJson.Options), (byte)'\n'];
            hash.AppendData(line);
            stream.Write(line);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void WriteJson<T>(string folder, string name, T content) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content, RailJson.Indented) + "\n");

    private sealed record SummaryFile(
        ImmutableSortedDictionary<Dimension, double> Means, double? Overall, ImmutableArray<Dimension> Blind, CheckpointSummary Summary);
}
