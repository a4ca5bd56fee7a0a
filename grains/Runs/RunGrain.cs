using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <inheritdoc cref="IRunGrain"/>
[OnRole(SiloRole.Control)]
public sealed partial class RunGrain(
    [PersistentState("run")] IPersistentState<RunState> state,
    IObjectStore store,
    IScorerCatalog scorers,
    SuiteShelf suites,
    ScorerExaminer examiner,
    VerdictJudge judge,
    EvidenceReader evidence,
    Explainer explainer,
    PoolOptions pool,
    TimeProvider time) : Grain, IRunGrain
{
    private const int MostEvidence = 100;

    private static readonly TimeSpan ResumeEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private TaskCompletionSource _changed = NewSignal();

    private RunKey Key => RunKey.Parse(this.GetPrimaryKeyString());

    private string OpenMark => ObjectKeys.OpenRun(pool.Name, Key);

    private IRunGrain Self => GrainFactory.GetGrain<IRunGrain>(this.GetPrimaryKeyString());

    private IDispatcherGrain Dispatcher => GrainFactory.GetGrain<IDispatcherGrain>(pool.Name);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Messages to checkpoints are one-way and may be lost: what is open is taken up again from time to time.
        this.RegisterGrainTimer(_ => state.State.IsOpen() ? ResumeAsync() : Task.CompletedTask, ResumeEvery, ResumeEvery);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<SubmissionReceipt> SubmitAsync(int step, ModelReference model, ImmutableArray<TaskMetric> taskMetrics)
    {
        Started();
        model = Located(model);
        if (step < 1) throw new RailRequestException($"step {step} of run '{Key}': a step is 1 or more");
        if (TaskChanges.Fault(taskMetrics) is { } fault) throw new RailRequestException($"step {step} of run '{Key}': {fault}");
        if (state.State.Steps.TryGetValue(step, out var known) && known.State != StepState.Cancelled)
        {
            return known.Model == model
                ? new SubmissionReceipt(Key, step, model)
                : throw new RailRequestException($"step {step} of run '{Key}' holds {known.Model}, not {model}; submit under another step");
        }

        await store.MarkAsync(OpenMark);
        await ChangeAsync(state.State.With(new RunStep { Step = step, Model = model, TaskMetrics = taskMetrics }));
        await Dispatcher.AnnounceFingerprintAsync(Key, model);
        return new SubmissionReceipt(Key, step, model);
    }

    /// <inheritdoc/>
    public Task<RunStatus> GetStatusAsync()
    {
        Started();
        return Task.FromResult(state.State.ToStatus(Key));
    }

    /// <inheritdoc/>
    public async Task<RunStatus> WaitForChangeAsync(long revision, CancellationToken cancellationToken = default)
    {
        Started();
        if (state.State.Revision == revision)
            await Task.WhenAny(_changed.Task, Task.Delay(LongestWait, time, cancellationToken));
        return state.State.ToStatus(Key);
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<PromptEvidence>> GetEvidenceAsync(int step, ImmutableArray<string> promptIds)
    {
        var one = Chosen(step).Single();
        return promptIds.Length <= MostEvidence
            ? evidence.ReadAsync(Key.Project, state.State.Spec!.SuiteHash, state.State.Baseline!, one, promptIds)
            : throw new RailRequestException($"{promptIds.Length} prompts are too many; ask for {MostEvidence} at a time");
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // One spelling for one place; and what may be secret is refused before it is kept.
    private static ModelReference Located(ModelReference model)
    {
        try
        {
            return model with { Path = ModelLocation.Parse(model.Path).Name };
        }
        catch (RailInputException exception)
        {
            throw new RailRequestException(exception.Message);
        }
    }

    private void Started()
    {
        if (state.State.Spec is null)
            throw new RailRequestException($"no run '{Key}' on this cluster; 'rail run list' shows the runs, 'rail run start' starts one");
    }

    private IEnumerable<RunStep> Chosen(int? step)
    {
        Started();
        if (step is not { } number) return state.State.Steps.Values;
        return state.State.Steps.TryGetValue(number, out var one)
            ? [one]
            : throw new RailRequestException($"run '{Key}' has no step {number}; 'rail run status' shows its steps");
    }

    private Demand DemandOf(RunStep step) => new(Key, step.Step, state.State.Wanted(step));

    private ICheckpointGrain Checkpoint(RunStep step) => GrainFactory.GetGrain<ICheckpointGrain>(step.Checkpoint!.ToString());

    private async Task ChangeAsync(RunState next)
    {
        state.State = next with { Revision = next.Revision + 1 };
        await this.SaveAsync(state);
        Signal();
    }

    // Progress is not worth a write: whoever comes after a crash learns it anew.
    private void Show(RunState next)
    {
        if (next == state.State) return;
        state.State = next with { Revision = next.Revision + 1 };
        Signal();
    }

    private void Signal()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }
}
