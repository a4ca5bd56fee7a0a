using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Cli;

/// <summary>Models that this process runs itself, for commands that need no cluster.</summary>
internal static class LocalModels
{
    /// <summary>Whoever types an address allows it, and where it leads; RAIL_MODEL_HOSTS allows less.</summary>
    /// <exception cref="RailInputException">This build does not compute on that device.</exception>
    public static OnnxModelStore Store(ComputeDevice? device = null) => new(new OnnxModelStoreOptions
    {
        Device = device ?? new ComputeDevice(),
        Downloads = ModelDownloadOptions.FromEnvironment(otherwise: ["*"]),
    });

    /// <summary>A folder's absolute path, or a URI in its one spelling.</summary>
    /// <exception cref="RailInputException">It is a URI that names no model.</exception>
    public static string Full(string model)
    {
        var location = ModelLocation.Parse(model);
        return location.Place == ModelPlace.Folder ? Path.GetFullPath(location.Name) : location.Name;
    }

    /// <summary>The option <c>--adapter FILE</c>.</summary>
    public static Option<string?> Adapter() => new("--adapter") { Description = "An .onnx_adapter file that the model is asked under." };

    /// <summary>A model folder, and an adapter where one is named.</summary>
    public static ModelReference Reference(string folder, string? adapter) => new(Full(folder), adapter is null ? null : Full(adapter));

    /// <summary>Loads a model and proves it.</summary>
    /// <exception cref="ModelException">It is unusable, or a canary failed.</exception>
    public static async Task<(ITextGenerator Generator, CanaryReport Canaries)> LoadAsync(
        ModelReference model, LoadOptions options, GenerationSettings settings, CancellationToken cancellationToken)
    {
        var generator = await Store(options.Device).LoadAsync(model, expected: null, options, cancellationToken);
        return (generator, await generator.ProveAsync(settings, cancellationToken));
    }
}
