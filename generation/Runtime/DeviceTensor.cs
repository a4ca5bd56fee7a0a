using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>One cache tensor [slots, heads, positions, head size] in device memory.</summary>
internal sealed class DeviceTensor : IDisposable
{
    private readonly OrtMemoryAllocation _memory;
    private readonly OrtMemoryInfo _info;

    /// <summary>Takes the memory.</summary>
    /// <exception cref="OnnxRuntimeException">The device has too little left.</exception>
    /// <exception cref="InvalidOperationException">It is larger than one allocation can be.</exception>
    public DeviceTensor(OrtAllocator allocator, OrtMemoryInfo info, KvLayout layout, int slots, int positions)
    {
        Bytes = layout.RowBytes * slots * positions;
        if (Bytes > uint.MaxValue)
            throw new InvalidOperationException($"a cache tensor of {slots} slots would take {Bytes} bytes, and at most {uint.MaxValue} can be taken at once: use fewer slots");
        (_info, Layout, Positions, _memory) = (info, layout, positions, allocator.Allocate((uint)Bytes));
    }

    /// <summary>The shape of its slots.</summary>
    public KvLayout Layout { get; }

    /// <summary>Positions that each slot has room for.</summary>
    public int Positions { get; }

    /// <summary>Its size.</summary>
    public long Bytes { get; }

    /// <summary>Neighbouring slots; the caller disposes of them before this.</summary>
    public OrtValue Slots(int first, int rows)
    {
        long slot = Layout.RowBytes * Positions;
        return View(Layout.Shape(rows, Positions), slot * first, slot * rows);
    }

    /// <summary>The first entries of one head of a slot; the caller disposes of them before this.</summary>
    public OrtValue Head(int slot, int head, int count)
    {
        long start = ((long)slot * Layout.Heads + head) * Positions * Layout.EntryBytes;
        return View([1, 1, count, Layout.HeadDim], start, (long)count * Layout.EntryBytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private OrtValue View(long[] shape, long start, long bytes) =>
        OrtValue.CreateTensorValueWithData(_info, Layout.Type, shape, _memory.DangerousGetHandle() + (nint)start, bytes);
}
