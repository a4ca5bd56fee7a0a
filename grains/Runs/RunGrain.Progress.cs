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
        var read = state.State.All().Where(step => step.AwaitsFingerprint && step.Model == model).ToList()
            .Aggregate(state.State, (run, step) => Planned(run, step, inspection));
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
        if (status.Done || moved.Lookable().Any()) await SettleAsync(moved, save: status.Done);
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

    private RunState Planned(RunState run, RunStep step, ModelInspection inspection)
    {
        var plan = run.PlanOf(step, inspection);
        var planned = step with { State = StepState.Queued, Plan = plan, Checkpoint = CheckpointKeys.Of(Key.Project, plan) };
        if (step.Step is null) return run.With(planned);
        var (counted, numbered) = run.Counted(planned);
        return counted.With(numbered);
    }

    private async Task DemandAllAsync()
    {
        foreach (var step in state.State.All().Where(state.State.IsDue).ToList())
            await Checkpoint(step).DemandAsync(step.Plan!, DemandOf(step));
    }

    // Judges whatever can be judged and saves it in one write with what settled it. Where judging fails nothing has changed, and the next
    // resumption tries again.
    private async Task SettleAsync(RunState next, bool save = true)
    {
        var (settled, open) = (next.Judgeable().ToList(), next.Lookable().ToList());
        if (settled.Count + open.Count > 0 && !await examiner.IsReadyAsync(next.Scorer!, Self.ResumeAsync)) (settled, open) = ([], []);
        foreach (var step in settled)
        {
            if (await judge.JudgeAsync(Key, next, step, Self.ResumeAsync) is { } judged) next = next.With(Judged(next, step, judged));
        }

        foreach (var step in open)
        {
            var (read, looked, judged) = await judge.LookAsync(Key, next, step, Self.ResumeAsync);
            var known = step with { Read = read, Looked = looked };
            next = next.With(judged is null ? known : Judged(next, known, judged) with { IsDemanded = true });
        }

        var wider = open.Where(step => next.Steps[step.Step!.Value] is { Verdict: null } now && next.Wanted(now) > next.Wanted(step)).ToList();
        if (save || next.Steps.Values.Any(step => step.IsDemanded)) await SaveAsync(next);
        else Show(next);
        foreach (var step in wider) await Checkpoint(step).DemandAsync(step.Plan!, DemandOf(next.Steps[step.Step!.Value]));
        foreach (var step in state.State.Steps.Values.Where(step => step.ExplanationsDue))
            explainer.Begin(Key, state.State, step, Self);
        await CloseAsync();
    }

    private static RunStep Judged(RunState run, RunStep step, Judgement judged) => step with
    {
        State = StepState.Done,
        Comparison = judged.Comparison,
        Verdict = judged.Verdict,
        Directive = Directives.For(judged.Verdict, run.Spec!.Policy, run.LastPassBefore(step.Step!.Value)),
        ExplanationsDue = run.Spec.DeepWorst > 0 && step.Failure is null && run.Baseline!.Failure is null,
    };

    // A verdict is saved before the work for it is taken back: a crash between them only takes it back once more.
    private async Task SaveAsync(RunState next)
    {
        if (next != state.State) await ChangeAsync(next);
        foreach (var step in state.State.Steps.Values.Where(step => step.IsDemanded).ToList())
        {
            await Checkpoint(step).WithdrawAsync(DemandOf(step));
            Show(state.State.With(step with { IsDemanded = false }));
        }
    }

    private async Task CloseAsync()
    {
        if (!state.State.IsOpen()) await store.RemoveAsync(OpenMark);
    }
}
