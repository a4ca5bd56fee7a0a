using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>What a model folder was when it was loaded, so that a change of adapters reads the adapter alone.</summary>
/// <param name="Path">The folder as it was named.</param>
/// <param name="Stamp">Sizes and change times of its files.</param>
/// <param name="Hashes">Their content.</param>
/// <param name="Confined">Where adapters may lie.</param>
internal sealed record LoadedBase(string Path, string Stamp, ContentHashes Hashes, ConfinedPath Confined)
{
    /// <summary>Whether a model is this base, and nobody has written to it since.</summary>
    public bool Is(ModelReference model, ModelFolder folder)
    {
        try
        {
            return model.Path == Path && folder.Stamp() == Stamp;
        }
        catch (IOException)
        {
            // A file of it is gone: loading says which.
            return false;
        }
    }
}
