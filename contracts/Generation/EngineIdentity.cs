namespace RailCluster.Contracts;

/// <summary>What computes an answer beside the weights: part of a checkpoint's content key.</summary>
/// <param name="ExecutionProvider"><c>cpu</c> or <c>cuda</c>; <see cref="Endpoint"/> where a server answers.</param>
/// <param name="Precision">Of the graph's inputs and outputs: <c>fp32</c> or <c>fp16</c>; <c>unknown</c> behind an endpoint.</param>
/// <param name="BehaviourVersion">Changes whenever the same weights and prompt may give other tokens.</param>
[GenerateSerializer, Alias("rail.EngineIdentity")]
public sealed record EngineIdentity(string ExecutionProvider, string Precision, int BehaviourVersion)
{
    /// <summary>The provider of an answer that came from a server: what computed it, and with which weights, is that server's word.</summary>
    public const string Endpoint = "endpoint";
}
