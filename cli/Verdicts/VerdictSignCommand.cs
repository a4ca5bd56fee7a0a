using System.CommandLine;
using System.Text;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail verdict sign</c>: signs a bundle with a key of the user's.</summary>
internal static class VerdictSignCommand
{
    public static Command Create(Terminal terminal)
    {
        var bundle = VerdictCommand.Bundle();
        var key = CommandExtensions.Required<string>("--key", "Private key in PEM: ECDSA on P-256 or P-384, or RSA.");
        var password = new Option<string?>("--key-password-env") { Description = "The environment variable that holds the password of an encrypted key." };
        var output = new Option<string?>("--out") { Description = "Writes the signature there; without it bundle.sig within the bundle." };
        return new Command("sign", "Signs a bundle whose files are unchanged. Example: rail verdict sign out/verdict --key release.pem")
        {
            bundle, key, password, output,
        }.Does(terminal, async (parsed, _) =>
        {
            var folder = BundleFolder.Open(parsed.GetValue(bundle)!);
            using var signer = BundleKey.Private(parsed.GetValue(key)!, Password(parsed.GetValue(password)));
            var signature = BundleSignature.Sign(folder, signer);
            var file = parsed.GetValue(output) ?? Path.Combine(folder.Folder, VerdictBundle.SignatureName);
            await Files.WriteAsync(file, writer => writer.WriteAsync(Encoding.UTF8.GetString(signature.ToFile())));
            await terminal.Out.WriteLineAsync($"signed by {signature.Algorithm}, key {signature.KeyId}: {SafeText.Line(folder.Manifest.Headline, 500)}");
            return ExitCodes.Done;
        });
    }

    private static string? Password(string? variable) => variable is null
        ? null
        : Environment.GetEnvironmentVariable(variable) is { Length: > 0 } secret
            ? secret
            : throw new RailInputException($"--key-password-env {variable}: there is no such environment variable, or it is empty");
}
