using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RailCluster.Contracts;

namespace RailCluster.Client;

/// <summary>One fine-tuning run on a cluster.</summary>
public sealed class RailRun
{
    private readonly IRunGrain _run;

    internal RailRun(RunKey key, IGrainFactory grains)
    {
        Key = key;
        _run = grains.GetGrain<IRunGrain>(key.ToString());
    }

    /// <summary>Its name.</summary>
    public RunKey Key { get; }

    /// <summary>
    /// Hands in a checkpoint. When it returns the checkpoint is accepted durably; it never waits for the model to be read. The same step and
    /// model again give the same receipt, so after a timeout it is safe to call again.
    /// </summary>
    /// <param name="step">The training step, from 1.</param>
    /// <param name="model">The model folder and, where there is one, its adapter file, both absolute, as the machines that generate see it.</param>
    /// <param name="taskMetrics">The trainer's own figures.</param>
    /// <exception cref="RailRequestException">No such run, or the step holds another model.</exception>
    public Task<SubmissionReceipt> SubmitCheckpointAsync(int step, ModelReference model, params ImmutableArray<TaskMetric> taskMetrics) =>
        _run.SubmitAsync(step, model, taskMetrics);

    /// <summary>How the run stands.</summary>
    /// <exception cref="RailRequestException">No such run.</exception>
    public Task<RunStatus> GetStatusAsync() => _run.GetStatusAsync();

    /// <summary>What both sides said to prompts: the evidence behind a verdict.</summary>
    /// <param name="step">The step.</param>
    /// <param name="promptIds">At most 100 prompts of the run's suite.</param>
    /// <exception cref="RailRequestException">No such run or step, or too many prompts.</exception>
    public Task<ImmutableArray<PromptEvidence>> GetEvidenceAsync(int step, ImmutableArray<string> promptIds) => _run.GetEvidenceAsync(step, promptIds);

    /// <summary>Takes back the demand of a step, or of every open step.</summary>
    /// <exception cref="RailRequestException">No such run or step.</exception>
    public Task CancelAsync(int? step = null) => _run.CancelAsync(step);

    /// <summary>Reopens what failed in a step, or in every step.</summary>
    /// <returns>How many steps were reopened.</returns>
    /// <exception cref="RailRequestException">No such run or step.</exception>
    public Task<int> RetryAsync(int? step = null) => _run.RetryAsync(step);

    /// <summary>The run's status now, and again whenever it changes, until the caller stops.</summary>
    public async IAsyncEnumerable<RunStatus> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var status = await _run.GetStatusAsync();
        while (true)
        {
            yield return status;
            var seen = status.Revision;
            while (status.Revision == seen)
            {
                cancellationToken.ThrowIfCancellationRequested();
                status = await _run.WaitForChangeAsync(seen, cancellationToken);
            }
        }
    }

    /// <summary>Waits for the verdict on a step.</summary>
    /// <exception cref="RailRequestException">No such run or step, or the step was cancelled.</exception>
    public async Task<StepStatus> WaitForVerdictAsync(int step, CancellationToken cancellationToken = default)
    {
        await foreach (var status in WatchAsync(cancellationToken))
        {
            var one = status.Steps.FirstOrDefault(candidate => candidate.Step == step)
                ?? throw new RailRequestException($"run '{Key}' has no step {step}; submit it first");
            if (one.State == StepState.Cancelled) throw new RailRequestException($"step {step} of run '{Key}' was cancelled");
            if (one.Verdict is not null) return one;
        }

        throw new OperationCanceledException(cancellationToken);
    }
}
