namespace RailCluster.Services;

/// <summary>Sends one of a call's requests.</summary>
/// <typeparam name="T">What answers it.</typeparam>
/// <param name="second">Whether it is the second.</param>
/// <param name="sent">To be called when it is on its way.</param>
/// <param name="cancellationToken">The other one was answered, or nobody waits any more.</param>
public delegate Task<T> SendsOne<T>(bool second, Action sent, CancellationToken cancellationToken);

/// <summary>A call that is sent a second time when it is late. Only for calls whose two answers say the same: of two drawn answers the shorter comes first.</summary>
public static class HedgedCall
{
    /// <summary>Takes whichever request is answered first; where one fails, the other one's outcome. The loser is cancelled and waited for.</summary>
    /// <param name="send">Sends a request.</param>
    /// <param name="late">Begun when the first is on its way: ends when it is late, with whether a second may be sent.</param>
    /// <param name="cancellationToken">Cancels both.</param>
    /// <returns>The answer, and whether the second request brought it.</returns>
    public static async Task<(T Answer, bool BySecond)> RaceAsync<T>(SendsOne<T> send, Func<CancellationToken, Task<bool>> late, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<T> first = send(false, () => sent.TrySetResult(), stop.Token);
        Task<bool> overdue = OverdueAsync(sent.Task, late, stop.Token);
        Task<T>? second = null;
        try
        {
            if (await Task.WhenAny(first, overdue).ConfigureAwait(false) == first || !overdue.IsCompletedSuccessfully || !await overdue.ConfigureAwait(false))
                return (await first.ConfigureAwait(false), false);
            second = send(true, () => { }, stop.Token);
            Task<T> sooner = await Task.WhenAny(first, second).ConfigureAwait(false);
            Task<T> winner = sooner.IsCompletedSuccessfully ? sooner : sooner == first ? second : first;
            return (await winner.ConfigureAwait(false), winner == second);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(first, second ?? first, overdue).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> OverdueAsync(Task sent, Func<CancellationToken, Task<bool>> late, CancellationToken cancellationToken)
    {
        await sent.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await late(cancellationToken).ConfigureAwait(false);
    }
}
