using System.Security.Cryptography;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A key of a user's that signs bundles or verifies them: ECDSA on P-256 or P-384, or RSA-PSS with SHA-256. It appears in no text.</summary>
public sealed class BundleKey : IDisposable
{
    private const int LargestFile = 64 << 10;
    private const int SmallestRsa = 2048;
    private const int LargestRsa = 16_384;

    private readonly ECDsa? _curve;
    private readonly RSA? _rsa;

    private BundleKey(ECDsa? curve, RSA? rsa, string algorithm)
    {
        (_curve, _rsa, Algorithm) = (curve, rsa, algorithm);
        Id = Convert.ToHexStringLower(SHA256.HashData(curve?.ExportSubjectPublicKeyInfo() ?? rsa!.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Such as <c>ecdsa-p256-sha256</c>.</summary>
    public string Algorithm { get; }

    /// <summary>SHA-256 of the public key.</summary>
    public string Id { get; }

    private HashAlgorithmName Hash => _curve is { KeySize: 384 } ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;

    /// <summary>Reads a private key.</summary>
    /// <param name="file">PEM: PKCS#8, encrypted or not, SEC 1, or PKCS#1.</param>
    /// <param name="password">Of an encrypted key; null for none.</param>
    /// <exception cref="RailInputException">It is none, or its password is wrong or missing.</exception>
    public static BundleKey Private(string file, string? password)
    {
        var pem = ReadPem(file);
        var isEncrypted = pem.Contains("ENCRYPTED", StringComparison.Ordinal);
        if (isEncrypted && password is null) throw new RailInputException($"{file}: is encrypted; name the environment variable that holds its password with --key-password-env");
        if (!pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) throw new RailInputException($"{file}: holds no private key in PEM; bundles are signed with one");
        return Import(file, key =>
        {
            if (isEncrypted) key.ImportFromEncryptedPem(pem, password);
            else key.ImportFromPem(pem);
        }, isEncrypted ? "or its password is another one" : "");
    }

    /// <summary>Reads a public key.</summary>
    /// <param name="file">PEM (SubjectPublicKeyInfo or PKCS#1).</param>
    /// <exception cref="RailInputException">It is none.</exception>
    public static BundleKey Public(string file)
    {
        var pem = ReadPem(file);
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal)) throw new RailInputException($"{file}: is a private key, which nobody else should have; give the public one");
        if (!pem.Contains("PUBLIC KEY-----", StringComparison.Ordinal)) throw new RailInputException($"{file}: holds no public key in PEM; bundles are verified with one");
        return Import(file, key => key.ImportFromPem(pem), "");
    }

    /// <summary>Signs. ECDSA signatures are DER, as other tools have them.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _curve is not null
        ? _curve.SignData(data, Hash, DSASignatureFormat.Rfc3279DerSequence)
        : _rsa!.SignData(data, Hash, RSASignaturePadding.Pss);

    /// <summary>Whether a signature holds.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => _curve is not null
        ? _curve.VerifyData(data, signature, Hash, DSASignatureFormat.Rfc3279DerSequence)
        : _rsa!.VerifyData(data, signature, Hash, RSASignaturePadding.Pss);

    /// <inheritdoc/>
    public void Dispose()
    {
        _curve?.Dispose();
        _rsa?.Dispose();
    }

    private static BundleKey Import(string file, Action<AsymmetricAlgorithm> import, string otherwise)
    {
        if (Try(ECDsa.Create(), import) is { } curve)
        {
            var parameters = curve.ExportParameters(includePrivateParameters: false).Curve;
            return (parameters.IsNamed ? parameters.Oid.Value ?? parameters.Oid.FriendlyName : null) switch
            {
                "1.2.840.10045.3.1.7" or "nistP256" => new BundleKey(curve, null, "ecdsa-p256-sha256"),
                "1.3.132.0.34" or "nistP384" => new BundleKey(curve, null, "ecdsa-p384-sha384"),
                _ => throw Unfit(curve, file, "is on another curve than P-256 and P-384"),
            };
        }

        if (Try(RSA.Create(), import) is { } rsa)
        {
            return rsa.KeySize is >= SmallestRsa and <= LargestRsa
                ? new BundleKey(null, rsa, "rsa-pss-sha256")
                : throw Unfit(rsa, file, $"is an RSA key of {rsa.KeySize} bits; {SmallestRsa} to {LargestRsa} are taken");
        }

        throw new RailInputException($"{file}: is no ECDSA (P-256, P-384) or RSA key in PEM{(otherwise.Length > 0 ? ", " : "")}{otherwise}");
    }

    private static T? Try<T>(T key, Action<AsymmetricAlgorithm> import)
        where T : AsymmetricAlgorithm
    {
        try
        {
            import(key);
            return key;
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException or NotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }

    private static RailInputException Unfit(AsymmetricAlgorithm key, string file, string why)
    {
        key.Dispose();
        return new RailInputException($"{file}: {why}");
    }

    private static string ReadPem(string file)
    {
        try
        {
            var info = new FileInfo(file);
            if (!info.Exists) throw new RailInputException($"{file}: no such file; name a key in PEM");
            return info.Length <= LargestFile ? File.ReadAllText(file) : throw new RailInputException($"{file}: has {info.Length} bytes, and a key at most {LargestFile}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{file}: may not be read; check its permissions", exception);
        }
    }
}
