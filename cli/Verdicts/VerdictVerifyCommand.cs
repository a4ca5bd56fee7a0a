using System.CommandLine;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail verdict verify</c>: 0 where the signature holds and every file is as it was signed, 3 where the signature does not hold, 2 where a file was changed.</summary>
internal static class VerdictVerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var bundle = VerdictCommand.Bundle();
        var key = CommandExtensions.Required<string>("--key", "The signer's public key in PEM.");
        var signature = new Option<string?>("--signature") { Description = "The signature; without it bundle.sig within the bundle." };
        return new Command("verify", "Verifies a bundle's signature, then every file of it: 0 where all holds, 3 where the signature does not. Example: rail verdict verify out/verdict --key release-public.pem")
        {
            bundle, key, signature,
        }.Does(terminal, async (parsed, _) =>
        {
            var folder = BundleFolder.Open(parsed.GetValue(bundle)!);
            using var verifier = BundleKey.Public(parsed.GetValue(key)!);
            var file = parsed.GetValue(signature) ?? Path.Combine(folder.Folder, VerdictBundle.SignatureName);
            var read = BundleSignature.Read(file);
            if ((read is null ? $"is not signed (there is no {file})" : read.Fault(folder, verifier)) is { } fault)
            {
                await terminal.Error.WriteLineAsync($"rail: {SafeText.Line($"{folder.Folder}: {fault}", 1_000)}; do not rely on it");
                return ExitCodes.Inconclusive;
            }

            folder.Check();
            await terminal.Out.WriteLineAsync($"verified: signed by {verifier.Algorithm}, key {verifier.Id}, {folder.Manifest.Files.Length} files unchanged: {SafeText.Line(folder.Manifest.Headline, 500)}");
            return ExitCodes.Done;
        });
    }
}
