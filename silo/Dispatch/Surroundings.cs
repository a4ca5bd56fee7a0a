using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>Tells what went wrong around a piece of work from what went wrong in it.</summary>
internal static class Surroundings
{
    /// <summary>
    /// The store or the cluster is in trouble, or the silo stops: the outcome is unknown and says nothing about the work, so it is no attempt at it.
    /// </summary>
    public static bool Failed(Exception exception) =>
        exception is OperationCanceledException or ObjectStoreException or TimeoutException or OrleansException or OutOfMemoryException;
}
