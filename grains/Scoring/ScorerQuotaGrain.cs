using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <inheritdoc cref="IScorerQuotaGrain"/>
/// <remarks>
/// What is granted rests before it is told: a crash loses grants and never gives one twice. A report that grants nothing is not worth a write; where it is
/// lost, calls and credits count that were not used.
/// </remarks>
[OnRole(SiloRole.Control)]
public sealed class ScorerQuotaGrain([PersistentState("quota")] IPersistentState<QuotaState> state, TimeProvider time) : Grain, IScorerQuotaGrain
{
    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.RecordExists) state.State = QuotaBook.TakenOver(state.State, time.GetUtcNow());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<QuotaGrant> TakeAsync(QuotaAsk ask)
    {
        var (next, grant) = Take(ask);
        state.State = next;
        if (ask.Calls == 0 || grant is QuotaGrant.Granted { Calls: > 0 }) await this.SaveAsync(state);
        return grant;
    }

    private (QuotaState State, QuotaGrant Grant) Take(QuotaAsk ask)
    {
        try
        {
            return QuotaBook.Take(state.State, ask, time.GetUtcNow());
        }
        catch (RailInputException exception)
        {
            throw new RailRequestException($"quota '{this.GetPrimaryKeyString()}': {exception.Message}");
        }
    }
}
