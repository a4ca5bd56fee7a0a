using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Opens models wherever they lie.</summary>
internal sealed class ModelPlaces(OnnxModelStoreOptions options, TimeProvider time)
{
    private readonly RemoteModels _remote = new(options.Downloads, time);

    /// <summary>Where folders and adapters of this machine may lie.</summary>
    public ConfinedPath Confined { get; } = new(options.ModelRoots);

    /// <summary>The real path of a folder of this machine; null for a place that models are fetched from.</summary>
    /// <exception cref="ModelException">The name is none, or the folder lies outside the roots.</exception>
    public string? Folder(string name) => Locate(name) is { Place: ModelPlace.Folder } location ? Confined.Resolve(location.Name) : null;

    /// <summary>Opens a model folder; the caller disposes what is held.</summary>
    /// <exception cref="ModelException">It is gone, unusable, or may not be read.</exception>
    /// <exception cref="ModelUnreachableException">It could not be fetched now.</exception>
    public async Task<OpenModel> OpenAsync(string name, ModelFingerprint? expected, CancellationToken cancellationToken)
    {
        ModelLocation location = Locate(name);
        return location.Place == ModelPlace.Folder
            ? new OpenModel(ModelFolder.Open(location.Name, Confined), null, null)
            : await _remote.OpenAsync(location, expected, cancellationToken).ConfigureAwait(false);
    }

    private static ModelLocation Locate(string name)
    {
        try
        {
            return ModelLocation.Parse(name);
        }
        catch (RailInputException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, e.Message, e);
        }
    }
}
