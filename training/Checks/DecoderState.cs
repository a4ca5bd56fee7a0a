using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Training;

/// <summary>What one step returned: logits and the cache for the next step.</summary>
public sealed class DecoderState(IDisposableReadOnlyCollection<OrtValue> values) : IDisposable
{
    internal IEnumerable<OrtValue> Cache => values.Skip(1);

    /// <summary>Logits of one position of one row.</summary>
    public ReadOnlySpan<float> Logits(int row, int position)
    {
        var shape = values[0].GetTensorTypeAndShape().Shape;
        var width = (int)shape[2];
        return values[0].GetTensorDataAsSpan<float>().Slice(((row * (int)shape[1]) + position) * width, width);
    }

    public void Dispose() => values.Dispose();
}
