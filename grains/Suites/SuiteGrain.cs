using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <inheritdoc cref="ISuiteGrain"/>
[OnRole(SiloRole.Control)]
public sealed class SuiteGrain(IObjectStore store) : Grain, ISuiteGrain
{
    private (string Project, string Hash) Key => this.GetPrimaryKeyString().Split('/') is [var project, var hash]
        ? (project, hash)
        : throw new RailRequestException($"'{this.GetPrimaryKeyString()}' is not a suite key (project/hash)");

    /// <inheritdoc/>
    public async Task PutAsync(Suite suite)
    {
        var (project, hash) = Key;
        var content = await Task.Run(() => SuiteIdentity.Hash(suite.Header, suite.Prompts));
        if (suite.Hash != hash || content != hash)
            throw new RailRequestException($"the suite '{suite.Header.Name}' has the content {content}, not {hash}; read it from its file again");
        await store.SealRecordAsync(ObjectKeys.Suite(project, hash), suite);
    }
}
