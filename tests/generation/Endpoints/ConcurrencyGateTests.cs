using CsCheck;
using RailCluster.Services;

namespace RailCluster.Generation.Tests;

public sealed class ConcurrencyGateTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnterAsync_AnyCrowd_StaysWithinItsBoundAndServesInOrder() => await Gen.Select(Gen.Int[1, 6], Gen.Bool.Array[1, 60]).SampleAsync(async (most, throttles) =>
    {
        var gate = new ConcurrencyGate(most);
        var inside = new Queue<long>();
        var waiting = new Queue<(int Order, Task<long> Place)>();
        for (int index = 0; index < throttles.Length; index++)
            waiting.Enqueue((index, gate.EnterAsync(index, CancellationToken.None)));
        foreach (bool throttled in throttles)
        {
            while (waiting.TryPeek(out var next) && inside.Count < gate.Allowed)
                inside.Enqueue(await waiting.Dequeue().Place.WaitAsync(TimeSpan.FromSeconds(10)));
            if (waiting.TryPeek(out var later) && later.Place.IsCompleted)
                return false;
            gate.Leave(inside.Dequeue(), throttled);
            if (gate.Allowed < 1 || gate.Allowed > most)
                return false;
        }

        return true;
    }, iter: 200);

    [Fact]
    public async Task Leave_OneCrowdThrottled_HalvesOnce()
    {
        var gate = new ConcurrencyGate(8);
        long[] passes = await Task.WhenAll(Enumerable.Range(0, 8).Select(order => gate.EnterAsync(order, Stop)));
        foreach (long pass in passes)
            gate.Leave(pass, throttled: true);
        Assert.Equal(4, gate.Allowed);
        gate.Leave(await gate.EnterAsync(0, Stop), throttled: true);
        Assert.Equal(2, gate.Allowed);
        for (int answer = 0; answer < 100; answer++)
            gate.Leave(await gate.EnterAsync(0, Stop), throttled: false);
        Assert.Equal(8, gate.Allowed);
    }

    [Fact]
    public async Task EnterAsync_WaitGivenUp_TakesNoPlace()
    {
        var gate = new ConcurrencyGate(1);
        long inside = await gate.EnterAsync(0, Stop);
        using var giveUp = new CancellationTokenSource();
        Task<long> gone = gate.EnterAsync(1, giveUp.Token);
        Task<long> late = gate.EnterAsync(3, Stop);
        Task<long> early = gate.EnterAsync(2, Stop);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        gate.Leave(inside, null);
        await early.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.False(late.IsCompleted);
    }
}
