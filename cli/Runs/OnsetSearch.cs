using System.Collections.Immutable;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>
/// Looks for the step at which a run's safety was lost. All that it learns, the run keeps: who interrupts it and begins again goes on where it was.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="saved">Checkpoints that can be evaluated.</param>
/// <param name="told">Is told each verdict that was waited for.</param>
/// <param name="shown">Is shown how far the run is, meanwhile.</param>
internal sealed class OnsetSearch(
    RailRun run, ImmutableSortedDictionary<int, ModelReference> saved, Func<StepStatus, Task> told, Action<RunStatus> shown)
{
    /// <summary>Probes until nothing more can be learned.</summary>
    /// <exception cref="RailRequestException">No such run, the run holds a step with another model, or a step is cancelled meanwhile.</exception>
    public async Task<(BisectionMove Found, RunStatus Run)> FindAsync(CancellationToken cancellationToken)
    {
        var models = await AllAsync();
        var completed = new HashSet<int>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = await run.GetStatusAsync();
            switch (Bisection.Next(RunHistory.Verdicts(status), models.Keys, completed))
            {
                case BisectionMove.Probe(var step):
                    await run.SubmitCheckpointAsync(step, models[step]);
                    await WaitAsync(step, cancellationToken);
                    break;
                case BisectionMove.Complete(var step):
                    // Once; where nothing failed, nothing is left to try again.
                    completed.Add(step);
                    if (await run.RetryAsync(step) > 0) await WaitAsync(step, cancellationToken);
                    break;
                case var found:
                    return (found, status);
            }
        }
    }

    // A step that the run holds with another model would answer for a checkpoint that it is not: the run refuses it by name. What the run
    // evaluates already is waited for.
    private async Task<ImmutableSortedDictionary<int, ModelReference>> AllAsync()
    {
        var held = (await run.GetStatusAsync()).Steps.Where(step => step.State != StepState.Cancelled).ToList();
        foreach (var step in held.Where(step => saved.ContainsKey(step.Step))) await run.SubmitCheckpointAsync(step.Step, saved[step.Step]);
        return saved.AddRange(held
            .Where(step => step.Verdict is null && !saved.ContainsKey(step.Step))
            .Select(step => KeyValuePair.Create(step.Step, step.Model)));
    }

    private async Task WaitAsync(int step, CancellationToken cancellationToken)
    {
        await foreach (var status in run.WatchAsync(cancellationToken))
        {
            var one = status.Steps.First(candidate => candidate.Step == step);
            if (one.State == StepState.Cancelled) throw new RailRequestException($"step {step} of run '{run.Key}' was cancelled; give the command again to probe it anew");
            if (one.Verdict is not null)
            {
                await told(one);
                return;
            }

            shown(status);
        }
    }
}
