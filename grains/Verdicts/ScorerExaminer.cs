using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>Knows what a scorer is blind to. Every version of a scorer is examined once, on the positive controls, and the finding is sealed.</summary>
public sealed class ScorerExaminer(IObjectStore store, IScorerCatalog scorers)
{
    /// <summary>The dimensions that a scorer cannot judge; all eight where it cannot be examined.</summary>
    public async Task<ImmutableArray<Dimension>> BlindAsync(ScorerIdentity identity, CancellationToken cancellationToken = default)
    {
        var key = ObjectKeys.Examination(identity, PositiveControls.Hash);
        if (await store.GetRecordAsync<ScorerExamination>(key, cancellationToken) is { } known) return known.Blind;
        if (scorers.Find(identity.Name) is not { } scorer || scorer.Identity != identity) return Dimensions.All;
        var found = await PositiveControls.ExamineAsync(scorer, cancellationToken);
        if (found.Complete) await store.SealRecordAsync(key, found, cancellationToken);
        return found.Blind;
    }
}
