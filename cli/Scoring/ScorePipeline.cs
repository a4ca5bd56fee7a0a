using System.Threading.Channels;

namespace RailCluster.Cli;

/// <summary>Scores rows as many at a time as the scorer wants, in a memory that does not grow with their number, and hands them on in their order.</summary>
internal static class ScorePipeline
{
    private const int MostInFlight = 1_024;

    /// <summary>Scores all rows.</summary>
    /// <param name="rows">Read as they are needed.</param>
    /// <param name="parallel">Rows under way at a time.</param>
    /// <param name="score">Scores one.</param>
    /// <param name="write">Takes one, in the order of the rows.</param>
    /// <param name="cancellationToken">Stops it; what was written stays.</param>
    public static async Task RunAsync<TScored>(
        IEnumerable<JsonRow> rows, int parallel, Func<JsonRow, CancellationToken, Task<TScored>> score, Func<TScored, Task> write, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<Task<TScored>>(Math.Clamp(parallel, 1, MostInFlight));
        var reading = Task.Run(() => ReadAsync(rows, queue.Writer, row => score(row, stop.Token), stop.Token), CancellationToken.None);
        try
        {
            await foreach (var one in queue.Reader.ReadAllAsync(cancellationToken)) await write(await one);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            while (queue.Reader.TryRead(out var left)) await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ReadAsync<TScored>(
        IEnumerable<JsonRow> rows, ChannelWriter<Task<TScored>> queue, Func<JsonRow, Task<TScored>> score, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var row in rows) await queue.WriteAsync(Task.Run(() => score(row), cancellationToken), cancellationToken);
            queue.Complete();
        }
        catch (Exception exception)
        {
            queue.Complete(exception);
        }
    }
}
