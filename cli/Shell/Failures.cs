using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>Turns what went wrong into one line and an exit code. A stack trace is for whoever asks with <c>RAIL_DEBUG=1</c>.</summary>
internal static class Failures
{
    private const int Longest = 4_000;

    public static async Task<int> GuardAsync(Terminal terminal, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var root = exception is AggregateException { InnerExceptions: [var only] } ? only : exception;
            if (Environment.GetEnvironmentVariable("RAIL_DEBUG") == "1") await terminal.Error.WriteLineAsync(root.ToString());
            await terminal.Error.WriteLineAsync($"rail: {Line(root)}");
            return Code(root);
        }
    }

    private static int Code(Exception exception) => exception switch
    {
        OperationCanceledException => ExitCodes.Interrupted,
        RailInputException or RailRequestException or ModelException => ExitCodes.BadInput,
        _ => ExitCodes.Infrastructure,
    };

    private static string Line(Exception exception) => exception switch
    {
        OperationCanceledException => "interrupted; nothing half-written is left, so the same command can be given again",
        RailInputException or RailRequestException or ModelException or ObjectStoreException or TimeoutException or IOException =>
            SafeText.Line(exception.Message, Longest),
        _ => $"{SafeText.Line(exception.Message, Longest)} ({exception.GetType().Name}; RAIL_DEBUG=1 shows where)",
    };
}
