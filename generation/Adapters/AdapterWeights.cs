using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>
/// An adapter's tensors, ready to be bound. They are bound as the graph inputs that they are: an adapter that is merely active in a run's options
/// has no effect on a run with bound inputs, and ONNX Runtime says so in its log only.
/// </summary>
internal sealed class AdapterWeights : IDisposable
{
    private readonly List<(string Name, NativeBuffer Buffer, OrtValue Value)> _tensors = [];

    /// <summary>Copies an adapter into memory of the engine.</summary>
    public AdapterWeights(ModelAdapter adapter)
    {
        Adapter = adapter with { Content = adapter.Content with { Parameters = [.. adapter.Content.Parameters.Select(parameter => parameter with { Data = default })] } };
        foreach (AdapterParameter parameter in adapter.Content.Parameters)
        {
            TensorElementType type = ElementTypes.Find(parameter.Type)!.Value;
            var buffer = new NativeBuffer(parameter.Data.Length);
            parameter.Data.Span.CopyTo(buffer.Slice(0, parameter.Data.Length));
            _tensors.Add((parameter.Name, buffer, buffer.View(type, [.. parameter.Shape])));
        }
    }

    /// <summary>What it is, without its numbers.</summary>
    public ModelAdapter Adapter { get; }

    /// <summary>Binds its tensors in place of the graph's own.</summary>
    public void Bind(OrtIoBinding io)
    {
        foreach ((string name, _, OrtValue value) in _tensors)
            io.BindInput(name, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, NativeBuffer buffer, OrtValue value) in _tensors)
        {
            value.Dispose();
            buffer.Dispose();
        }

        _tensors.Clear();
    }
}
