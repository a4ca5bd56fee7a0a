using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Reports.Tests;

public sealed class BundleSignatureTests : BundleTest
{
    [Theory]
    [InlineData("p256", "ecdsa-p256-sha256")]
    [InlineData("p384", "ecdsa-p384-sha384")]
    [InlineData("rsa", "rsa-pss-sha256")]
    public void Sign_Bundle_HoldsByThePublicKeyAndByNoOther(string kind, string algorithm)
    {
        var bundle = Bundle();
        var keys = Keys(kind);
        var signature = Sign(bundle, keys.Private);
        Assert.Equal(algorithm, signature.Algorithm);
        File.WriteAllBytes(At("b", "bundle.sig"), signature.ToFile());
        var read = BundleSignature.Read(At("b", "bundle.sig"))!;
        using var key = BundleKey.Public(keys.Public);
        Assert.Null(read.Fault(BundleFolder.Open(At("b")).Check(), key));
        using var other = BundleKey.Public(Keys(kind).Public);
        Assert.StartsWith("is signed with another key", read.Fault(bundle, other));
    }

    [Fact]
    public void Fault_ManifestOrSignatureChanged_IsNamed()
    {
        var bundle = Bundle();
        var keys = Keys("p256");
        var signature = Sign(bundle, keys.Private);
        using var key = BundleKey.Public(keys.Public);
        var bytes = bundle.Bytes.ToArray();
        bytes[^2] ^= 1;
        Assert.Contains("does not hold", (bundle with { Bytes = bytes } is var changed ? signature.Fault(changed, key) : null)!);
        var spoilt = Convert.FromBase64String(signature.Signature);
        spoilt[^1] ^= 1;
        Assert.Contains("does not hold", signature with { Signature = Convert.ToBase64String(spoilt) } is var bad ? bad.Fault(bundle, key)! : "");
        Assert.Contains("and the key is for", (signature with { Algorithm = "none" }).Fault(bundle, key)!);
    }

    [Fact]
    public void Sign_OtherDocumentsSignature_CannotStandForABundle()
    {
        // The bare manifest, signed by the same key, is not what is signed.
        var bundle = Bundle();
        var keys = Keys("p256");
        using var signer = BundleKey.Private(keys.Private, null);
        using var key = BundleKey.Public(keys.Public);
        var bare = new BundleSignature(1, signer.Algorithm, signer.Id, Convert.ToBase64String(signer.Sign(bundle.Bytes.Span)));
        Assert.Contains("does not hold", bare.Fault(bundle, key)!);
    }

    [Fact]
    public void Sign_FileChanged_IsRefused()
    {
        var bundle = Bundle();
        File.AppendAllText(At("b", "summary.md"), "more");
        Assert.Contains("summary.md has", Refused(() => Sign(bundle, Keys("p256").Private)));
    }

    [Fact]
    public void Private_EncryptedKey_NeedsItsPasswordAndNeverShowsIt()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = curve.ExportEncryptedPkcs8PrivateKeyPem("open sesame", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
        File.WriteAllText(At("k.pem"), pem);
        Assert.Contains("--key-password-env", Refused(() => BundleKey.Private(At("k.pem"), null)));
        var wrong = Refused(() => BundleKey.Private(At("k.pem"), "wrong word"));
        Assert.Contains("or its password is another one", wrong);
        Assert.DoesNotContain("wrong word", wrong);
        using var key = BundleKey.Private(At("k.pem"), "open sesame");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(curve.ExportSubjectPublicKeyInfo())), key.Id);
    }

    [Fact]
    public void Keys_ThatDoNotServe_AreRefusedByName()
    {
        var keys = Keys("p256");
        Assert.Contains("is a private key", Refused(() => BundleKey.Public(keys.Private)));
        Assert.Contains("holds no private key", Refused(() => BundleKey.Private(keys.Public, null)));
        File.WriteAllText(At("bad.pem"), "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
        Assert.Contains("is no ECDSA (P-256, P-384) or RSA key", Refused(() => BundleKey.Public(At("bad.pem"))));
        using var small = RSA.Create(1024);
        File.WriteAllText(At("small.pem"), small.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("RSA key of 1024 bits", Refused(() => BundleKey.Public(At("small.pem"))));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        File.WriteAllText(At("521.pem"), other.ExportSubjectPublicKeyInfoPem());
        Assert.Contains("another curve", Refused(() => BundleKey.Public(At("521.pem"))));
        Assert.Contains("no such file", Refused(() => BundleKey.Public(At("none.pem"))));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nothing")]
    [InlineData("""{"version":1,"algorithm":"a","key_id":"b","signature":"%%%"}""")]
    public void Read_NoSignature_IsRefused(string text)
    {
        File.WriteAllText(At("bundle.sig"), text);
        Assert.Contains("is no signature of a bundle", Refused(() => BundleSignature.Read(At("bundle.sig"))));
        Assert.Null(BundleSignature.Read(At("absent.sig")));
    }

    [Theory]
    [InlineData("p256", "-sha256")]
    [InlineData("p384", "-sha384")]
    [InlineData("rsa", "-sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")]
    public async Task Sign_Bundle_HoldsByOpenSsl(string kind, string options)
    {
        var bundle = Bundle();
        var keys = Keys(kind);
        await File.WriteAllBytesAsync(At("signature"), Convert.FromBase64String(Sign(bundle, keys.Private).Signature), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(At("signed"), BundleSignature.Signed(bundle.Bytes.Span), TestContext.Current.CancellationToken);
        Assert.Equal("Verified OK", await OpenSslAsync($"dgst {options} -verify {keys.Public} -signature {At("signature")} {At("signed")}"));
        await File.AppendAllTextAsync(At("signed"), " ", TestContext.Current.CancellationToken);
        Assert.NotEqual("Verified OK", await OpenSslAsync($"dgst {options} -verify {keys.Public} -signature {At("signature")} {At("signed")}"));
    }

    private static async Task<string> OpenSslAsync(string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return output.Trim();
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no openssl here to ask");
            throw;
        }
    }

    [Fact]
    public void Signed_Manifest_IsThePreimageThatOtherToolsBuild() => Assert.Equal(
        "DSSEv1 47 application/vnd.railcluster.verdict-bundle+json 2 {}", Encoding.ASCII.GetString(BundleSignature.Signed("{}"u8)));

    private BundleFolder Bundle()
    {
        VerdictBundle.Write(At("b"), Judge(block: true));
        return BundleFolder.Open(At("b"));
    }

    private static BundleSignature Sign(BundleFolder bundle, string file)
    {
        using var key = BundleKey.Private(file, null);
        return BundleSignature.Sign(bundle, key);
    }

    private (string Private, string Public) Keys(string kind)
    {
        var (secret, open) = (At(Guid.NewGuid() + ".pem"), At(Guid.NewGuid() + "-public.pem"));
        using AsymmetricAlgorithm key = kind switch
        {
            "rsa" => RSA.Create(2048),
            "p384" => ECDsa.Create(ECCurve.NamedCurves.nistP384),
            _ => ECDsa.Create(ECCurve.NamedCurves.nistP256),
        };
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(open, key.ExportSubjectPublicKeyInfoPem());
        return (secret, open);
    }
}
