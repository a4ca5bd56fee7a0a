namespace RailCluster.Grains;

/// <summary>The pool of devices that a cluster's runs use.</summary>
/// <param name="Name">The dispatcher's key; a segment of an object key.</param>
public sealed record PoolOptions(string Name = "default");
