using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>The slots of GroupQueryAttention in a device's own memory: keys and values never cross the bus, and what is copied is copied there.</summary>
/// <param name="memory">The device's.</param>
/// <param name="layout">Shape of the cache tensors; keys and values apart.</param>
/// <param name="tensors">Cache tensors of the graph.</param>
/// <param name="slots">Rows at most.</param>
internal sealed class DeviceKvCache(DeviceMemory memory, KvLayout layout, int tensors, int slots) : KvCache(slots)
{
    private readonly Dictionary<(int First, int Rows), KvBinding> _bindings = [];
    private DeviceTensor[] _tensors = [];
    private int _positions;

    /// <inheritdoc/>
    public override KvBinding Bind(int first, int rows, int columns)
    {
        int width = Longest(first, rows) + columns;
        Reserve(width);
        if (!_bindings.TryGetValue((first, rows), out KvBinding? binding))
        {
            OrtValue[] views = [.. _tensors.Select(tensor => tensor.Slots(first, rows))];
            _bindings[(first, rows)] = binding = new KvBinding(views, views);
        }

        binding.Width = width;
        return binding;
    }

    /// <inheritdoc/>
    public override KvSnapshot Snapshot(int slot, int count)
    {
        var copy = new DeviceSnapshot(Allocate(1, count));
        Copy(_tensors, slot, copy.Tensors, 0, count);
        return copy;
    }

    /// <inheritdoc/>
    protected override void Keep(int first, ReadOnlySpan<int> added, int columns)
    {
        // The run wrote in place.
    }

    /// <inheritdoc/>
    protected override void CopySlot(int from, int to, int count) => Copy(_tensors, from, _tensors, to, count);

    /// <inheritdoc/>
    protected override void Paste(int slot, KvSnapshot snapshot, int count)
    {
        Reserve(count);
        Copy(((DeviceSnapshot)snapshot).Tensors, 0, _tensors, slot, count);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Unbind();
        foreach (DeviceTensor tensor in _tensors)
            tensor.Dispose();
    }

    private void Reserve(int positions)
    {
        if (positions <= _positions)
            return;
        Unbind();
        DeviceTensor[] old = _tensors;
        int doubled = Math.Max(positions, _positions * 2);
        _positions = (doubled + Block - 1) / Block * Block;
        _tensors = Allocate(Slots, _positions);
        for (int slot = 0; old.Length > 0 && slot < Slots; slot++)
            Copy(old, slot, _tensors, slot, Length(slot));
        foreach (DeviceTensor tensor in old)
            tensor.Dispose();
    }

    private DeviceTensor[] Allocate(int rows, int positions) => [.. Enumerable.Range(0, tensors).Select(_ => memory.Allocate(layout, rows, positions))];

    private void Copy(DeviceTensor[] from, int fromSlot, DeviceTensor[] to, int toSlot, int count)
    {
        for (int i = 0; count > 0 && i < from.Length; i++)
            memory.Copy(from[i], fromSlot, to[i], toSlot, count);
    }

    private void Unbind()
    {
        foreach (KvBinding binding in _bindings.Values)
            binding.Dispose();
        _bindings.Clear();
    }

    private sealed class DeviceSnapshot(DeviceTensor[] tensors) : KvSnapshot
    {
        public DeviceTensor[] Tensors => tensors;

        public override long Bytes => tensors.Sum(tensor => tensor.Bytes);

        public override void Dispose()
        {
            foreach (DeviceTensor tensor in tensors)
                tensor.Dispose();
        }
    }
}
