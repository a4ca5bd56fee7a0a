using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>One tensor of an adapter: what a graph input of the same name takes in place of its default.</summary>
/// <param name="Name">Of the graph input.</param>
/// <param name="Type"><c>fp32</c> or <c>fp16</c>.</param>
/// <param name="Shape">One to eight sizes, each 1 or more.</param>
/// <param name="Data">The numbers, row by row, little-endian.</param>
public sealed record AdapterParameter(string Name, string Type, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}[{string.Join(", ", Shape)}]";
}
