using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Training;

/// <summary>Reads files of answer pairs, of which one answer is plainly better on one dimension.</summary>
public static class PairFiles
{
    private const long LargestFile = 64L << 20;

    /// <summary>The pairs of all files, in the order of the files.</summary>
    /// <exception cref="InvalidOperationException">A file is no such file, or two pairs have one id.</exception>
    public static IReadOnlyList<ControlPair> Read(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<ControlPair> pairs = [.. files.SelectMany(ReadOne)];
        if (pairs.Count == 0)
            throw new InvalidOperationException("--pairs: the files hold no pairs: name files with a list \"pairs\" in them");
        var twice = pairs.GroupBy(pair => pair.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return twice is null ? pairs : throw new InvalidOperationException($"the pair {twice.Key} stands twice in the files of pairs: rename or remove one");
    }

    private static ControlPair[] ReadOne(string file)
    {
        if (new FileInfo(file) is { Exists: true, Length: > LargestFile })
            throw new InvalidOperationException($"{file}: is larger than {LargestFile >> 20} MiB: split it");
        try
        {
            return JsonSerializer.Deserialize<PairFile>(File.ReadAllText(file), RailJson.Options)?.Pairs
                ?? throw new InvalidOperationException($"{file}: has no list \"pairs\"");
        }
        catch (JsonException fault)
        {
            throw new InvalidOperationException($"{file}:{(fault.LineNumber ?? 0) + 1}: is no file of pairs ({SafeText.Line(fault.Message, 200)})", fault);
        }
    }

    private sealed record PairFile(int Version, ControlPair[]? Pairs);
}
