using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Cli;

/// <summary>Models on this machine, for commands that need no cluster.</summary>
internal static class LocalModels
{
    /// <exception cref="RailInputException">This build does not compute on that device.</exception>
    public static OnnxModelStore Store(ComputeDevice? device = null) => new(new OnnxModelStoreOptions { Device = device ?? new ComputeDevice() });

    public static string Full(string folder) => Path.GetFullPath(folder);

    /// <summary>Loads a model and proves it.</summary>
    /// <exception cref="ModelException">It is unusable, or a canary failed.</exception>
    public static async Task<(ITextGenerator Generator, CanaryReport Canaries)> LoadAsync(
        string folder, LoadOptions options, GenerationSettings settings, CancellationToken cancellationToken)
    {
        var generator = await Store(options.Device).LoadAsync(new ModelReference(Full(folder)), expected: null, options, cancellationToken);
        return (generator, await generator.ProveAsync(settings, cancellationToken));
    }
}
