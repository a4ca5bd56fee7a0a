using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>What a project remembers.</summary>
public sealed record ProjectState
{
    /// <summary>Of this record at rest.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The policy that its runs at least keep to; null for none.</summary>
    public Policy? Policy { get; init; }
}

/// <inheritdoc cref="IProjectGrain"/>
[OnRole(SiloRole.Control)]
public sealed class ProjectGrain([PersistentState("project")] IPersistentState<ProjectState> state, IObjectStore store) : Grain, IProjectGrain
{
    /// <summary>Refuses a policy that a file could not hold: nothing could be judged by it.</summary>
    /// <exception cref="RailRequestException">It is such a policy.</exception>
    public static void Check(Policy policy)
    {
        try
        {
            PolicyFile.Read(PolicyFile.Write(policy), "policy");
        }
        catch (Exception exception) when (exception is RailInputException or ArgumentException)
        {
            throw new RailRequestException(exception.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListRunsAsync()
    {
        var prefix = ObjectKeys.Runs(this.GetPrimaryKeyString());
        var names = ImmutableArray.CreateBuilder<string>();
        await foreach (var key in store.ListAllAsync(prefix)) names.Add(key[prefix.Length..]);
        return names.ToImmutable();
    }

    /// <inheritdoc/>
    public Task<Policy?> GetPolicyAsync() => Task.FromResult(state.State.Policy);

    /// <inheritdoc/>
    public async Task SetPolicyAsync(Policy? policy)
    {
        if (policy is not null) Check(policy);
        state.State = state.State with { Policy = policy };
        await this.SaveAsync(state);
    }
}
