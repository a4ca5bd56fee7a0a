using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>What people take back from a run, or ask of it again.</summary>
public sealed partial class RunGrain
{
    /// <inheritdoc/>
    public async Task CancelAsync(int? step)
    {
        var open = Chosen(step).Where(one => one.State is not (StepState.Done or StepState.Cancelled)).ToList();
        foreach (var one in open.Where(one => one.Checkpoint is not null))
            await Checkpoint(one).WithdrawAsync(DemandOf(one));
        await ChangeAsync(open.Aggregate(state.State, (next, one) => next.With(one with { State = StepState.Cancelled })));
        await CloseAsync();
    }

    /// <inheritdoc/>
    public async Task<int> RetryAsync(int? step)
    {
        var chosen = Chosen(step).Where(one => one.State == StepState.Done).ToList();
        var baseline = state.State.All().Where(one => one is { Step: null, State: StepState.Done, HasFailed: true }).ToList();
        var failed = chosen.Where(one => one.HasFailed).ToList();
        var judgedAgain = baseline.Count > 0 ? chosen.Except(failed).ToList() : [];
        if (baseline.Count == 0 && failed.Count == 0) return 0;

        await store.MarkAsync(OpenMark);
        var next = failed.Aggregate(state.State, (now, one) => now.With(one.Reopened()));
        next = judgedAgain.Aggregate(next, (now, one) => now.With(one.Unjudged()));
        next = baseline.Aggregate(next, (now, one) => now.With(one.Reopened()));
        await ChangeAsync(next);
        await ResumeAsync();
        return failed.Count + judgedAgain.Count;
    }
}
