using System.Collections.Immutable;
using System.Security.Cryptography;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>
/// A verdict with all that it was drawn from, as a folder: it can be checked, replayed and signed. It appears whole or not at all, and holds no time,
/// so that the same verdict gives the same bytes.
/// </summary>
public static class VerdictBundle
{
    /// <summary>The file that names every other.</summary>
    public const string ManifestName = BundleNames.Manifest;

    /// <summary>The signature, where there is one.</summary>
    public const string SignatureName = BundleNames.Signature;

    /// <summary>Refuses a folder that holds anything but an unsigned bundle, or that cannot be written.</summary>
    /// <exception cref="RailInputException">It does, or it cannot.</exception>
    public static void CheckWritable(string folder)
    {
        if (File.Exists(folder)) throw new RailInputException($"{folder}: is a file; name a folder for the verdict bundle");
        if (Directory.Exists(folder)) CheckContent(folder);
        OutputPath.Check(folder);
    }

    /// <summary>Writes a bundle, replacing an earlier one that is not signed.</summary>
    /// <param name="folder">The folder; its parent is created.</param>
    /// <param name="judged">The verdict.</param>
    /// <exception cref="RailInputException">The folder holds other things, or an evaluation was changed meanwhile.</exception>
    public static BundleManifest Write(string folder, JudgedEvaluations judged)
    {
        CheckWritable(folder);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var beside = $"{target}.partial-{Environment.ProcessId}";
        Directory.CreateDirectory(beside);
        try
        {
            var manifest = BundleContent.Manifest(judged, Fill(beside, judged));
            File.WriteAllBytes(Path.Combine(beside, BundleNames.Manifest), BundleContent.Json(manifest));
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            Directory.Move(beside, target);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(beside)) Directory.Delete(beside, recursive: true);
        }
    }

    private static void CheckContent(string folder)
    {
        var names = Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).ToList();
        if (names.Contains(BundleNames.Signature)) throw new RailInputException($"{folder}: holds a signed bundle, which is never replaced; name another folder");
        ImmutableArray<string> known =
            [BundleNames.Manifest, .. BundleNames.Required.Concat(BundleNames.Optional).Select(name => name.Split('/')[0]).Distinct()];
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } strange)
            throw new RailInputException($"{folder}: holds '{strange}', which is no part of a verdict bundle; name an empty folder");
        if (names.Count > 0 && !names.Contains(BundleNames.Manifest))
            throw new RailInputException($"{folder}: is not empty and no verdict bundle (it has no {BundleNames.Manifest}); name an empty folder");
    }

    private static ImmutableArray<BundleFile> Fill(string folder, JudgedEvaluations judged)
    {
        var files = new List<BundleFile>();
        foreach (var (name, content) in BundleContent.Texts(judged)) files.Add(Save(folder, name, content));
        foreach (var (side, evaluation) in ((string, StoredEvaluation?)[])[
            (BundleNames.Baseline, judged.Input.Baseline), (BundleNames.Checkpoint, judged.Input.Checkpoint), (BundleNames.Anchor, judged.Input.Anchor)])
        {
            if (evaluation is null) continue;
            Directory.CreateDirectory(Path.Combine(folder, side));
            files.Add(Save(folder, $"{side}/{EvaluationDirectory.ManifestName}", BundleContent.Json(evaluation.Manifest)));
            files.Add(Copy(evaluation, folder, $"{side}/{EvaluationDirectory.ResultsName}"));
        }

        return [.. files.OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static BundleFile Save(string folder, string name, byte[] content)
    {
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return new BundleFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private static BundleFile Copy(StoredEvaluation evaluation, string folder, string name)
    {
        var target = Path.Combine(folder, name);
        File.Copy(Path.Combine(evaluation.Folder, EvaluationDirectory.ResultsName), target);
        using var stream = File.OpenRead(target);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return hash == evaluation.Manifest.ResultsHash
            ? new BundleFile(name, stream.Length, hash)
            : throw new RailInputException($"{evaluation.Folder}: was changed while it was judged; judge again");
    }
}
