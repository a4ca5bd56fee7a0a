using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>SHA-256 of each file that the engine reads, by relative path.</summary>
internal sealed record ContentHashes(ImmutableSortedDictionary<string, string> Files)
{
    // An adapter counts by content, wherever it lies; no file of a folder has a rooted name.
    private const string AdapterName = "/adapter";

    /// <summary>SHA-256 over the sorted (relative path, SHA-256 of the file).</summary>
    public ModelFingerprint Fingerprint { get; } = new(Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Concat(Files.Select(file => $"{file.Key}\0{file.Value}\n"))))));

    /// <summary>What a folder holds, under an adapter or none, and what computes it.</summary>
    public ModelInspection Inspect(ModelFolder folder, ModelAdapter? adapter, ComputeDevice device)
    {
        var found = new ModelInspection(Fingerprint, OnnxTextGenerator.EngineOf(folder.Signature, device), folder.Layout.Name, folder.Bytes);
        return adapter is null ? found : found with
        {
            Fingerprint = new ContentHashes(Files.Add(AdapterName, adapter.Hash)).Fingerprint,
            Base = Fingerprint,
            Bytes = folder.Bytes + adapter.Bytes,
        };
    }

    /// <summary>Makes sure that what was found is what was submitted; null for whatever there is.</summary>
    /// <exception cref="ModelException">It is something else.</exception>
    public static void Require(ModelReference model, ModelInspection found, ModelFingerprint? expected)
    {
        if (expected is not null && found.Fingerprint != expected)
            throw new ModelException(
                FailureKind.ModelChanged,
                $"{model} now holds {found.Fingerprint.Short}, and {expected.Short} was submitted: submit it again, or restore what was there");
    }
}
