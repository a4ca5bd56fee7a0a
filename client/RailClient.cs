using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Client;

/// <summary>A trainer's way to a cluster. Thread-safe; one a process is enough.</summary>
/// <param name="grains">A connected Orleans client, or a silo's own factory.</param>
public sealed class RailClient(IGrainFactory grains)
{
    /// <summary>Starts a run, or finds the one that was started the same way.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="suite">The suite; the cluster keeps it by content.</param>
    /// <param name="spec">What the run is judged on; its suite hash is that of <paramref name="suite"/>.</param>
    /// <exception cref="RailRequestException">The run exists with another specification, or the specification cannot be met.</exception>
    public async Task<RailRun> StartRunAsync(RunKey key, Suite suite, RunSpec spec)
    {
        if (spec.SuiteHash != suite.Hash) throw new ArgumentException("the specification names another suite", nameof(spec));
        await grains.GetGrain<ISuiteGrain>($"{key.Project}/{suite.Hash}").PutAsync(suite);
        var run = Run(key);
        await grains.GetGrain<IRunGrain>(key.ToString()).StartAsync(spec);
        return run;
    }

    /// <summary>A run by name; whether it exists shows when it is used.</summary>
    public RailRun Run(RunKey key) => new(key, grains);

    /// <summary>Names of a project's runs, sorted.</summary>
    public Task<ImmutableArray<string>> ListRunsAsync(string project) => grains.GetGrain<IProjectGrain>(project).ListRunsAsync();

    /// <summary>The policy that every run of a project at least keeps to; null where there is none.</summary>
    public Task<Policy?> GetPolicyAsync(string project) => grains.GetGrain<IProjectGrain>(project).GetPolicyAsync();

    /// <summary>Sets that policy, or takes it back with null. Runs that are started keep the one they were started under.</summary>
    /// <exception cref="RailRequestException">The policy is not one that can be judged by.</exception>
    public Task SetPolicyAsync(string project, Policy? policy) => grains.GetGrain<IProjectGrain>(project).SetPolicyAsync(policy);

    /// <summary>What is waiting in a pool and who works.</summary>
    public Task<PoolStatus> GetPoolStatusAsync(string pool = "default") => grains.GetGrain<IDispatcherGrain>(pool).GetStatusAsync();
}
