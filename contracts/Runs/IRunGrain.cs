using System.Collections.Immutable;
using Orleans.Concurrency;

namespace RailCluster.Contracts;

/// <summary>One fine-tuning run, keyed by <see cref="RunKey.ToString"/>: its steps, demands, comparisons and verdicts.</summary>
[Alias("rail.IRunGrain")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Starts the run. The same spec again changes nothing.</summary>
    /// <exception cref="RailRequestException">The run exists with another spec, or the spec cannot be met.</exception>
    [Alias("Start")]
    Task StartAsync(RunSpec spec);

    /// <summary>Accepts a checkpoint, durably, without reading it. The same step and model again give the same receipt; a cancelled step is accepted anew.</summary>
    /// <exception cref="RailRequestException">No such run, or the step holds another model.</exception>
    [Alias("Submit")]
    Task<SubmissionReceipt> SubmitAsync(int step, ModelReference model, ImmutableArray<TaskMetric> taskMetrics);

    /// <summary>How the run stands.</summary>
    /// <exception cref="RailRequestException">No such run.</exception>
    [AlwaysInterleave, Alias("GetStatus")]
    Task<RunStatus> GetStatusAsync();

    /// <summary>Waits until the run's revision differs from <paramref name="revision"/>, or about ten seconds.</summary>
    /// <exception cref="RailRequestException">No such run.</exception>
    [AlwaysInterleave, Alias("WaitForChange"), ResponseTimeout("00:01:00")]
    Task<RunStatus> WaitForChangeAsync(long revision, CancellationToken cancellationToken = default);

    /// <summary>What both sides said to prompts, for whoever reads a verdict.</summary>
    /// <param name="step">The step.</param>
    /// <param name="promptIds">At most 100 prompts of the run's suite; unknown ones are left out.</param>
    /// <exception cref="RailRequestException">No such run or step, or too many prompts.</exception>
    [AlwaysInterleave, Alias("GetEvidence")]
    Task<ImmutableArray<PromptEvidence>> GetEvidenceAsync(int step, ImmutableArray<string> promptIds);

    /// <summary>Withdraws the demand of a step, or of every open step where none is named.</summary>
    /// <exception cref="RailRequestException">No such run or step.</exception>
    [Alias("Cancel")]
    Task CancelAsync(int? step);

    /// <summary>Reopens what failed in a step, or in every step where none is named.</summary>
    /// <returns>How many steps were reopened.</returns>
    /// <exception cref="RailRequestException">No such run or step.</exception>
    [Alias("Retry")]
    Task<int> RetryAsync(int? step);

    /// <summary>A worker read the model of a submission.</summary>
    [Alias("Fingerprinted")]
    Task FingerprintedAsync(ModelReference model, ModelInspection inspection);

    /// <summary>A worker could not read the model of a submission.</summary>
    [Alias("FingerprintFailed")]
    Task FingerprintFailedAsync(ModelReference model, Failure failure);

    /// <summary>A worker began to read the model of a submission.</summary>
    [OneWay, Alias("FingerprintBegun")]
    Task FingerprintBegunAsync(ModelReference model);

    /// <summary>A checkpoint that the run asked for moved on.</summary>
    [OneWay, Alias("CheckpointMoved")]
    Task CheckpointMovedAsync(CheckpointStatus status);

    /// <summary>The worst prompts of a step are explained, and the explanations sealed.</summary>
    [Alias("Explained")]
    Task ExplainedAsync(int step, string objectKey);

    /// <summary>Takes up everything that is open again; told by the dispatcher after a restart.</summary>
    [OneWay, Alias("Resume")]
    Task ResumeAsync();
}

/// <summary>The runs of a project, keyed by project name.</summary>
[Alias("rail.IProjectGrain")]
public interface IProjectGrain : IGrainWithStringKey
{
    /// <summary>The names of its runs, sorted.</summary>
    [Alias("ListRuns")]
    Task<ImmutableArray<string>> ListRunsAsync();

    /// <summary>The policy that every run of the project at least keeps to; null where there is none.</summary>
    [Alias("GetPolicy")]
    Task<Policy?> GetPolicyAsync();

    /// <summary>Sets that policy, or takes it back. Runs that are started keep the one they were started under.</summary>
    /// <exception cref="RailRequestException">The policy is not one that can be judged by.</exception>
    [Alias("SetPolicy")]
    Task SetPolicyAsync(Policy? policy);
}

/// <summary>A suite that the cluster holds, keyed <c>project/hash</c>.</summary>
[Alias("rail.ISuiteGrain")]
public interface ISuiteGrain : IGrainWithStringKey
{
    /// <summary>Stores the suite; the same suite again changes nothing.</summary>
    /// <exception cref="RailRequestException">The suite's content does not match the key.</exception>
    [Alias("Put")]
    Task PutAsync(Suite suite);
}
