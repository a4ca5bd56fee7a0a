using System.Collections.Immutable;
using System.Globalization;

namespace RailCluster.Generation;

/// <summary>One input or output of a graph.</summary>
/// <param name="Name">As the graph calls it.</param>
/// <param name="Type">Such as <c>int64</c>, <c>fp32</c>, <c>fp16</c>.</param>
/// <param name="Shape">One entry a dimension: a number, or the name of a free dimension (<c>?</c> where unnamed).</param>
public sealed record GraphValue(string Name, string Type, ImmutableArray<string> Shape)
{
    /// <summary>What an adapter has for an input.</summary>
    internal static GraphValue Of(AdapterParameter parameter) =>
        new(parameter.Name, parameter.Type, [.. parameter.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture))]);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}[{string.Join(", ", Shape)}]";

    /// <summary>The size of a dimension; null where it is free or not there.</summary>
    internal int? Dimension(int index) =>
        index < Shape.Length && int.TryParse(Shape[index], out int size) ? size : null;
}

/// <summary>What a graph file says of itself, read without loading its weights.</summary>
/// <param name="Inputs">Inputs to feed, initializers left out.</param>
/// <param name="Optional">Inputs that have an initializer of the same name: what an adapter replaces.</param>
/// <param name="Outputs">Outputs.</param>
/// <param name="External">Files beside the graph that hold weights, with the bytes each must have at least.</param>
/// <param name="Operators">Names of operators used, with their domain where it is not ONNX's own.</param>
/// <param name="GroupQueryPasts">Names of the values that GroupQueryAttention nodes take as their past keys and values.</param>
/// <param name="GroupQueryRotates">Whether every such node turns queries and keys by the positions of its rows itself.</param>
internal sealed record GraphSummary(
    ImmutableArray<GraphValue> Inputs,
    ImmutableArray<GraphValue> Optional,
    ImmutableArray<GraphValue> Outputs,
    ImmutableSortedDictionary<string, long> External,
    ImmutableSortedSet<string> Operators,
    ImmutableSortedSet<string> GroupQueryPasts,
    bool GroupQueryRotates);
