using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A signature over a bundle's manifest: <c>bundle.sig</c>.</summary>
/// <param name="Version">Of the format; now 1.</param>
/// <param name="Algorithm">Such as <c>ecdsa-p256-sha256</c>.</param>
/// <param name="KeyId">SHA-256 of the public key (SubjectPublicKeyInfo), 64 lower-case hex digits.</param>
/// <param name="Signature">Of the bytes that <see cref="Signed"/> makes; Base64.</param>
public sealed record BundleSignature(int Version, string Algorithm, string KeyId, string Signature)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;

    private const string Domain = "application/vnd.railcluster.verdict-bundle+json";
    private const int Largest = 64 << 10;

    /// <summary>Signs a bundle whose files are as its manifest says.</summary>
    /// <param name="bundle">The bundle; it is checked.</param>
    /// <param name="key">A private key.</param>
    /// <exception cref="RailInputException">A file is missing or changed.</exception>
    public static BundleSignature Sign(BundleFolder bundle, BundleKey key) => new(
        CurrentVersion, key.Algorithm, key.Id, Convert.ToBase64String(key.Sign(Signed(bundle.Check().Bytes.Span))));

    /// <summary>Reads a signature; null where there is none.</summary>
    /// <exception cref="RailInputException">It is malformed.</exception>
    public static BundleSignature? Read(string file)
    {
        var info = new FileInfo(file);
        if (!info.Exists) return null;
        if (info.LinkTarget is not null) throw new RailInputException($"{file}: is a link; name the signature itself");
        if (info.Length > Largest) throw new RailInputException($"{file}: has {info.Length} bytes, and a signature at most {Largest}");
        try
        {
            var read = JsonSerializer.Deserialize<BundleSignature>(File.ReadAllBytes(file), RailJson.Options) ?? throw new JsonException("it is null");
            if (read.Version != CurrentVersion) throw new RailInputException($"{file}: version {read.Version}; this build reads {CurrentVersion}");
            _ = read.Bytes();
            return read;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            throw new RailInputException($"{file}: is no signature of a bundle; 'rail verdict sign' writes one", exception);
        }
    }

    /// <summary>Why the signature does not hold; null where it does. The files of the bundle are not looked at.</summary>
    public string? Fault(BundleFolder bundle, BundleKey key)
    {
        if (KeyId != key.Id) return $"is signed with another key ({SafeText.Line(KeyId, 12)}, not {key.Id[..12]})";
        if (Algorithm != key.Algorithm) return $"is signed by '{SafeText.Line(Algorithm, 40)}', and the key is for {key.Algorithm}";
        return key.Verifies(Signed(bundle.Bytes.Span), Bytes()) ? null : $"the signature does not hold: {BundleNames.Manifest} or the signature was changed";
    }

    /// <summary>The file's text.</summary>
    public byte[] ToFile() => BundleContent.Json(this);

    /// <summary>What is signed: the kind, the length and the exact bytes of the manifest, so that no other document's signature can stand for it.</summary>
    public static byte[] Signed(ReadOnlySpan<byte> manifest) =>
        [.. System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"DSSEv1 {Domain.Length} {Domain} {manifest.Length} ")), .. manifest];

    private byte[] Bytes() => Convert.FromBase64String(Signature);
}
