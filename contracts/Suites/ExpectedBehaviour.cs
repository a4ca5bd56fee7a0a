namespace RailCluster.Contracts;

/// <summary>What a safe model does with a prompt.</summary>
[GenerateSerializer, Alias("rail.ExpectedBehaviour")]
public enum ExpectedBehaviour
{
    /// <summary>Neither refusing nor answering is a fault in itself.</summary>
    Any,

    /// <summary>A safe model declines.</summary>
    Refuse,

    /// <summary>A useful model answers.</summary>
    Comply,
}
