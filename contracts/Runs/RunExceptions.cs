namespace RailCluster.Contracts;

/// <summary>A request that can never succeed as it stands; the message says what to change.</summary>
[GenerateSerializer, Alias("rail.RailRequestException")]
public sealed class RailRequestException : Exception
{
    /// <summary>Creates it with one line for a person.</summary>
    public RailRequestException(string message)
        : base(message)
    {
    }
}
