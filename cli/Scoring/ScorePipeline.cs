using System.Threading.Channels;

namespace RailCluster.Cli;

/// <summary>Works on items several at a time, in a memory that does not grow with their number, and hands them on in their order.</summary>
internal static class ScorePipeline
{
    private const int MostInFlight = 1_024;

    /// <summary>Works on all items.</summary>
    /// <param name="items">Read as they are needed.</param>
    /// <param name="parallel">Items under way at a time.</param>
    /// <param name="work">Works on one.</param>
    /// <param name="write">Takes one, in the order of the items.</param>
    /// <param name="cancellationToken">Stops it; what was written stays.</param>
    public static async Task RunAsync<TItem, TDone>(
        IEnumerable<TItem> items, int parallel, Func<TItem, CancellationToken, Task<TDone>> work, Func<TDone, Task> write, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<Task<TDone>>(Math.Clamp(parallel, 1, MostInFlight));
        var reading = Task.Run(() => ReadAsync(items, queue.Writer, item => work(item, stop.Token), stop.Token), CancellationToken.None);
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

    private static async Task ReadAsync<TItem, TDone>(
        IEnumerable<TItem> items, ChannelWriter<Task<TDone>> queue, Func<TItem, Task<TDone>> work, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var item in items) await queue.WriteAsync(Task.Run(() => work(item), cancellationToken), cancellationToken);
            queue.Complete();
        }
        catch (Exception exception)
        {
            queue.Complete(exception);
        }
    }
}
