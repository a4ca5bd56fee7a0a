using System.Security.Cryptography;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>
/// A bundle as somebody handed it over, checked file by file. Only names of a bundle are read, all of them within the folder; links are refused, and
/// no file is read that is larger than its manifest says.
/// </summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Bytes">The manifest's exact bytes.</param>
/// <param name="Manifest">What it says.</param>
public sealed record BundleFolder(string Folder, ReadOnlyMemory<byte> Bytes, BundleManifest Manifest)
{
    private const int LargestManifest = 4 << 20;
    private const long LargestText = 1L << 30;
    private const long LargestResults = 64L << 30;

    /// <summary>Reads a bundle's manifest; nothing else is looked at yet.</summary>
    /// <exception cref="RailInputException">There is none, or it is malformed.</exception>
    public static BundleFolder Open(string folder)
    {
        if (!Directory.Exists(folder)) throw new RailInputException($"{folder}: no such folder; 'rail gate … --out {folder}' writes a verdict bundle");
        var file = new FileInfo(Path.Combine(folder, BundleNames.Manifest));
        if (!file.Exists) throw new RailInputException($"{folder}: has no {BundleNames.Manifest}, so it is no verdict bundle; 'rail gate … --out' writes one");
        RefuseLink(folder, file, BundleNames.Manifest);
        if (file.Length == 0) throw new RailInputException($"{file.FullName}: is empty, or no plain file; 'rail gate … --out' writes one");
        if (file.Length > LargestManifest) throw new RailInputException($"{file.FullName}: has {file.Length} bytes; at most {LargestManifest} are read");
        var bytes = File.ReadAllBytes(file.FullName);
        return new BundleFolder(folder, bytes, Parse(bytes, Path.Combine(folder, BundleNames.Manifest)));
    }

    /// <summary>Checks that the folder holds exactly the files that the manifest names, unchanged.</summary>
    /// <exception cref="RailInputException">It does not; every file that is wrong is named.</exception>
    public BundleFolder Check()
    {
        var faults = new List<string>();
        var named = Manifest.Files.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(Present().Where(name => !named.Contains(name) && name is not (BundleNames.Manifest or BundleNames.Signature)).Select(name => $"{SafeText.Line(name, 200)} is not named in {BundleNames.Manifest}"));
        faults.AddRange(Manifest.Files.Select(Fault).OfType<string>());
        return faults.Count == 0 ? this : throw new RailInputException($"{Folder}: {string.Join("; ", faults)}; the bundle was changed after it was written");
    }

    /// <summary>The path of a file that the manifest names.</summary>
    internal string At(string name) => Path.Combine(Folder, name);

    private static BundleManifest Parse(byte[] bytes, string place)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BundleManifest>(bytes, RailJson.Options) ?? throw new JsonException("it is null");
            if (manifest.Kind != BundleManifest.BundleKind) throw new RailInputException($"{place}: is of kind '{SafeText.Line(manifest.Kind, 60)}', and a verdict bundle of '{BundleManifest.BundleKind}'");
            if (manifest.Version != BundleManifest.CurrentVersion) throw new RailInputException($"{place}: version {manifest.Version}; this build reads {BundleManifest.CurrentVersion}");
            CheckNames(manifest, place);
            return manifest;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new RailInputException($"{place}: is not readable: {SafeText.Line(exception.Message, 300)}", exception);
        }
    }

    private static void CheckNames(BundleManifest manifest, string place)
    {
        var names = manifest.Files.Select(file => file.Name).ToList();
        foreach (var file in manifest.Files)
        {
            var name = SafeText.Line(file.Name, 200);
            if (!BundleNames.Required.Contains(file.Name) && !BundleNames.Optional.Contains(file.Name))
                throw new RailInputException($"{place}: names '{name}', which is no file of a bundle; nothing outside it is read");
            var largest = file.Name.EndsWith(EvaluationDirectory.ResultsName, StringComparison.Ordinal) ? LargestResults : LargestText;
            // A pipe has no length either, and reading one would wait for ever.
            if (file.Size < 1 || file.Size > largest) throw new RailInputException($"{place}: {name} has {file.Size} bytes; 1 to {largest} are read");
            if (file.Sha256.Length != 64 || !file.Sha256.All(char.IsAsciiHexDigitLower)) throw new RailInputException($"{place}: {name} has no SHA-256 of 64 lower-case hex digits");
        }

        for (var index = 1; index < names.Count; index++)
        {
            if (string.CompareOrdinal(names[index - 1], names[index]) >= 0) throw new RailInputException($"{place}: its files are not in order, or '{names[index]}' stands twice");
        }

        if (BundleNames.Required.FirstOrDefault(name => !names.Contains(name)) is { } missing) throw new RailInputException($"{place}: names no {missing}");
        if (BundleNames.Optional.Any(names.Contains) && !BundleNames.Optional.All(names.Contains) || BundleNames.Optional.Any(names.Contains) != manifest.Anchor is not null)
            throw new RailInputException($"{place}: its anchor and the anchor's files do not fit");
    }

    // Folders are not followed where they are links; a bundle has one level of them.
    private List<string> Present()
    {
        var found = new List<string>();
        foreach (var entry in new DirectoryInfo(Folder).EnumerateFileSystemInfos())
        {
            RefuseLink(Folder, entry, entry.Name);
            if (entry is not DirectoryInfo inner)
            {
                found.Add(entry.Name);
                continue;
            }

            foreach (var one in inner.EnumerateFileSystemInfos())
            {
                RefuseLink(Folder, one, $"{entry.Name}/{one.Name}");
                found.Add($"{entry.Name}/{one.Name}");
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private string? Fault(BundleFile file)
    {
        var info = new FileInfo(At(file.Name));
        if (!info.Exists) return $"{file.Name} is missing";
        if (info.Length != file.Size) return $"{file.Name} has {info.Length} bytes, and {file.Size} are named";
        using var stream = info.OpenRead();
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return hash == file.Sha256 ? null : $"{file.Name} was changed (SHA-256 {hash[..12]}…, {file.Sha256[..12]}… is named)";
    }

    private static void RefuseLink(string folder, FileSystemInfo entry, string name)
    {
        if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
            throw new RailInputException($"{folder}: {SafeText.Line(name, 200)} is a link; a bundle holds its files itself");
    }
}
