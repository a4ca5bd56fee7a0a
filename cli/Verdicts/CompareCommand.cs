using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail compare</c>: describes; its exit code does not decide.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var judgement = new Judgement();
        return judgement.AddTo(new Command("compare", "Compares a checkpoint with its baseline, prompt by prompt. Example: rail compare out/base out/step-200 --html report.html"))
            .Does(terminal, async (parsed, cancellationToken) =>
            {
                var judged = await judgement.JudgeAsync(terminal, parsed, await judgement.ReadAsync(parsed, isGate: false), cancellationToken);
                await judgement.WriteAsync(terminal, parsed, judged, cancellationToken);
                return ExitCodes.Done;
            });
    }
}
