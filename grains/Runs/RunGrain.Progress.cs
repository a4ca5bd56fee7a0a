using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>What workers and checkpoints tell a run, and the verdicts that follow.</summary>
public sealed partial class RunGrain
{
    /// <inheritdoc/>
    public Task FingerprintBegunAsync(ModelReference model)
    {
        Show(state.State.Update(
            step => step.State == StepState.Accepted && step.Model == model,
            step => step with { State = StepState.Fingerprinting }));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task FingerprintedAsync(ModelReference model, ModelInspection inspection)
    {
        var read = state.State.Update(step => step.AwaitsFingerprint && step.Model == model, step => Planned(step, inspection));
        if (read == state.State) return;
        await ChangeAsync(read);
        await DemandAllAsync();
    }

    /// <inheritdoc/>
    public Task FingerprintFailedAsync(ModelReference model, Failure failure) => SettleAsync(state.State.Update(
        step => step.AwaitsFingerprint && step.Model == model,
        step => step with { State = step.Step is null ? StepState.Done : StepState.Running, Settles = true, Failure = failure }));

    /// <inheritdoc/>
    public async Task CheckpointMovedAsync(CheckpointStatus status)
    {
        var moved = state.State.Update(step => step.AwaitsCheckpoint && step.Checkpoint == status.Key, step => step.Moved(status));
        if (status.Done) await SettleAsync(moved);
        else Show(moved);
        if (status.Done && state.State.Repetitions.Values.Any(state.State.IsDue)) await DemandAllAsync();
    }

    /// <inheritdoc/>
    public async Task ExplainedAsync(int step, string objectKey)
    {
        if (!state.State.Steps.TryGetValue(step, out var one) || !one.ExplanationsDue || Explainer.KeyOf(state.State, one) != objectKey) return;
        await ChangeAsync(state.State.With(one with { ExplanationsDue = false, Explanations = objectKey }));
        await CloseAsync();
    }

    /// <inheritdoc/>
    public async Task ResumeAsync()
    {
        foreach (var model in state.State.All().Where(step => step.AwaitsFingerprint).Select(step => step.Model).Distinct())
            await Dispatcher.AnnounceFingerprintAsync(Key, model);
        await DemandAllAsync();
        await SettleAsync(state.State);
    }

    private RunStep Planned(RunStep step, ModelInspection inspection)
    {
        var plan = state.State.PlanOf(step, inspection);
        return step with { State = StepState.Queued, Plan = plan, Checkpoint = CheckpointKeys.Of(Key.Project, plan) };
    }

    private async Task DemandAllAsync()
    {
        foreach (var step in state.State.All().Where(state.State.IsDue).ToList())
            await Checkpoint(step).DemandAsync(step.Plan!, DemandOf(step));
    }

    // Judges whatever can be judged and saves it in one write with what settled it. Where judging fails nothing has changed, and the next
    // resumption tries again.
    private async Task SettleAsync(RunState next)
    {
        var judgeable = next.Judgeable().ToList();
        if (judgeable.Count > 0 && !await examiner.IsReadyAsync(next.Scorer!, Self.ResumeAsync)) judgeable = [];
        foreach (var step in judgeable)
        {
            var (comparison, verdict) = await judge.JudgeAsync(Key.Project, next, step);
            next = next.With(step with
            {
                State = StepState.Done,
                Comparison = comparison,
                Verdict = verdict,
                Directive = Directives.For(verdict, next.Spec!.Policy, next.LastPassBefore(step.Step!.Value)),
                ExplanationsDue = next.Spec.DeepWorst > 0 && step.Failure is null && next.Baseline!.Failure is null,
            });
        }

        if (next != state.State) await ChangeAsync(next);
        foreach (var step in state.State.Steps.Values.Where(step => step.ExplanationsDue))
            explainer.Begin(Key, state.State, step, Self);
        await CloseAsync();
    }

    private async Task CloseAsync()
    {
        if (!state.State.IsOpen()) await store.RemoveAsync(OpenMark);
    }
}
