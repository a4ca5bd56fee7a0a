using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>Tensors that a run reads the past from and writes the present to, and how its attention mask lies over them. Its cache disposes of it.</summary>
/// <param name="past">In the order of the graph's cache inputs.</param>
/// <param name="present">In the order of the graph's cache outputs; may be the past itself.</param>
internal sealed class KvBinding(OrtValue[] past, OrtValue[] present) : IDisposable
{
    /// <summary>In the order of the graph's cache inputs.</summary>
    public OrtValue[] Past => past;

    /// <summary>In the order of the graph's cache outputs.</summary>
    public OrtValue[] Present => present;

    /// <summary>Whether past and present are the same memory.</summary>
    public bool IsShared => ReferenceEquals(past, present);

    /// <summary>Positions of the past's tensors.</summary>
    public int PastPositions => Positions(past);

    /// <summary>Positions of the present's tensors.</summary>
    public int PresentPositions => Positions(present);

    /// <summary>Mask column of each row's first new token; null for right behind the row's entries.</summary>
    public int? NewAt { get; init; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; set; }

    /// <summary>The session's binding of these tensors, made at the first run.</summary>
    public OrtIoBinding? Session { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Session?.Dispose();
        foreach (OrtValue value in past.Union(present))
            value.Dispose();
    }

    private static int Positions(OrtValue[] tensors) => (int)tensors[0].GetTensorTypeAndShape().Shape[^2];
}
