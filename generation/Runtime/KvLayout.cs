using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>The shape that all of a graph's cache tensors share: [rows, heads, positions, head size], or twice that in one tensor.</summary>
/// <param name="Type">Of the numbers.</param>
/// <param name="Heads">Key and value heads.</param>
/// <param name="HeadDim">Numbers a head.</param>
/// <param name="Combined">Keys and values are one tensor [2, rows, heads, positions, head size].</param>
internal sealed record KvLayout(TensorElementType Type, int Heads, int HeadDim, bool Combined)
{
    /// <summary>Tensors of [rows, heads, positions, head size] in one.</summary>
    public int Planes => Combined ? 2 : 1;

    /// <summary>Bytes of one head's entry at one position.</summary>
    public int EntryBytes { get; } = HeadDim * ElementTypes.Bytes(Type);

    /// <summary>Bytes of one row's entry at one position, in one tensor.</summary>
    public long RowBytes => (long)Planes * Heads * EntryBytes;

    /// <summary>The shape of a tensor of so many rows and positions.</summary>
    public long[] Shape(int rows, int positions) => Combined ? [2, rows, Heads, positions, HeadDim] : [rows, Heads, positions, HeadDim];
}
