using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Who may call a scorer's service how often: one account for a process, or for a whole cluster.</summary>
public interface IScorerQuota
{
    /// <summary>Takes a block of calls, and reports on earlier ones.</summary>
    /// <param name="quota">The account: the scorer and a hash of the key, never the key.</param>
    /// <param name="ask">What is wanted.</param>
    /// <param name="cancellationToken">Gives up asking; what was granted is then lost to its holder, and counted.</param>
    Task<QuotaGrant> TakeAsync(string quota, QuotaAsk ask, CancellationToken cancellationToken = default);
}
