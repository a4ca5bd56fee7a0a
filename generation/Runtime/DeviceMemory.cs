using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>
/// Memory of the device that a session runs on, taken through ONNX Runtime. It is copied by a graph of one Identity node on the same device, since
/// the runtime's managed interface has no copy of its own for providers that are built into it.
/// </summary>
internal sealed class DeviceMemory : IDisposable
{
    private readonly OrtMemoryInfo _info;
    private readonly OrtAllocator _allocator;
    private readonly InferenceSession _copier;
    private readonly RunOptions _run = new();

    /// <summary>Memory of a session's device.</summary>
    /// <param name="session">Runs on the device; must outlive this.</param>
    /// <param name="name">What ONNX Runtime calls the memory, such as <c>Cuda</c>.</param>
    /// <param name="index">Which device.</param>
    /// <param name="type">Of the numbers that are kept.</param>
    /// <param name="options">How the session was set up.</param>
    public DeviceMemory(InferenceSession session, string name, int index, TensorElementType type, SessionOptions options)
    {
        _info = new OrtMemoryInfo(name, OrtAllocatorType.DeviceAllocator, index, OrtMemType.Default);
        _allocator = new OrtAllocator(session, _info);
        _copier = new InferenceSession(CopyGraph.Of(type), options);
    }

    /// <summary>Takes memory for a cache tensor.</summary>
    /// <exception cref="OnnxRuntimeException">The device has too little left.</exception>
    public DeviceTensor Allocate(KvLayout layout, int slots, int positions) => new(_allocator, _info, layout, slots, positions);

    /// <summary>Copies a slot's first entries: in one piece where both tensors have room for as many, else head by head.</summary>
    public void Copy(DeviceTensor from, int fromSlot, DeviceTensor to, int toSlot, int count)
    {
        if (from.Positions == to.Positions)
        {
            Copy(from.Slots(fromSlot, 1), to.Slots(toSlot, 1));
            return;
        }

        for (int head = 0; head < from.Layout.Heads; head++)
            Copy(from.Head(fromSlot, head, count), to.Head(toSlot, head, count));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _copier.Dispose();
        _allocator.Dispose();
        _info.Dispose();
    }

    private void Copy(OrtValue source, OrtValue target)
    {
        using OrtIoBinding io = _copier.CreateIoBinding();
        io.BindInput(CopyGraph.Input, source);
        io.BindOutput(CopyGraph.Output, target);
        _copier.RunWithBinding(_run, io);
        source.Dispose();
        target.Dispose();
    }
}
