using System.CommandLine;

namespace RailCluster.Cli;

/// <summary><c>rail run …</c>: fine-tuning runs on a cluster.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal) => new("run", "Starts and follows fine-tuning runs on a cluster.")
    {
        RunStartCommand.Create(terminal),
        RunSubmitCommand.Create(terminal),
        RunStatusCommand.Create(terminal),
        RunWatchCommand.Create(terminal),
        RunReportCommand.Create(terminal),
        RunBestCommand.Create(terminal),
        RunBisectCommand.Create(terminal),
        RunListCommand.Create(terminal),
        RunPolicyCommand.Create(terminal),
        RunRetryCommand.Create(terminal),
        RunCancelCommand.Create(terminal),
    };
}
