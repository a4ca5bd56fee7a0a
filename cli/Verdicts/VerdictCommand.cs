using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail verdict</c>: verdict bundles, drawn again, signed and verified.</summary>
internal static class VerdictCommand
{
    public static Command Create(Terminal terminal) => new("verdict", "Verdict bundles, as 'rail gate --out' writes them.")
    {
        VerdictReplayCommand.Create(terminal),
        VerdictSignCommand.Create(terminal),
        VerdictVerifyCommand.Create(terminal),
    };

    public static Argument<string> Bundle() => new("bundle") { Description = "The bundle's folder." };
}
