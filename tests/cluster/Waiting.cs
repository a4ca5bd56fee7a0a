using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for something that the cluster does by itself.</summary>
    public static Task UntilAsync(this RailTestCluster cluster, Func<bool> condition) => cluster.UntilAsync(() => Task.FromResult(condition()));

    /// <summary>Waits until no run or checkpoint stands open; a mark goes a moment after the verdict can be read.</summary>
    public static Task UntilNothingIsOpenAsync(this RailTestCluster cluster) =>
        cluster.UntilAsync(async () => !await cluster.Store.ListAllAsync("open/", CancellationToken.None).AnyAsync(CancellationToken.None));

    /// <summary>The same for what has to be asked for.</summary>
    public static async Task UntilAsync(this RailTestCluster cluster, Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not reached within {Patience} ({cluster.Models.Answered} answers)");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
