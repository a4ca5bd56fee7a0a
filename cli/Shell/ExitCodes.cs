using RailCluster.Contracts;

namespace RailCluster.Cli;

/// <summary>What the command's exit code says. 1 only ever means a computed Block.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Block = 1;
    public const int BadInput = 2;
    public const int Inconclusive = 3;
    public const int Infrastructure = 4;
    public const int Warn = 5;
    public const int Interrupted = 130;

    /// <summary>The code of a command that decides.</summary>
    public static int Of(VerdictOutcome outcome, bool strict) => outcome switch
    {
        VerdictOutcome.Pass => Done,
        VerdictOutcome.Warn => strict ? Warn : Done,
        VerdictOutcome.Block => Block,
        _ => Inconclusive,
    };
}
