namespace RailCluster.Cluster.Tests;

internal static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits for something that the cluster does by itself.</summary>
    public static async Task UntilAsync(this RailTestCluster cluster, Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, $"not reached within {Patience} ({cluster.Models.Answered} answers)");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
