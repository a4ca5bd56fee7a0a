using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>How a scorer scores frozen golden answers now, against how it did when it was first seen.</summary>
/// <param name="Drift">By how many thousandths the mean over the golden answers moved; positive where it scores higher now.</param>
/// <param name="Answered">Golden answers that were scored.</param>
/// <param name="Failed">Golden answers that it failed on.</param>
[GenerateSerializer, Alias("rail.SentinelReading")]
public sealed record SentinelReading(ImmutableSortedDictionary<Dimension, int> Drift, int Answered, int Failed);
