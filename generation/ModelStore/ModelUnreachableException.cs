namespace RailCluster.Generation;

/// <summary>
/// A model could not be fetched now: the network, its server or the cache is in trouble. It says nothing about the model, and the same call may
/// succeed later; what was fetched so far is kept.
/// </summary>
public sealed class ModelUnreachableException : IOException
{
    /// <summary>Creates it with one line for a person.</summary>
    public ModelUnreachableException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>How long the server asks to be left alone; null where it does not.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}
