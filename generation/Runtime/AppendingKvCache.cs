namespace RailCluster.Generation;

/// <summary>One row without a single masked position, for graphs that would see one: what a run gives out is the next run's past.</summary>
internal sealed class AppendingKvCache(KvLayout layout, int tensors) : HostKvCache(layout, tensors, slots: 1)
{
    private KvBuffers _present = new(layout, tensors);
    private KvBinding? _binding;

    /// <inheritdoc/>
    public override bool PrefillsTogether => false;

    /// <inheritdoc/>
    public override KvBinding Bind(int first, int rows, int columns)
    {
        _binding?.Dispose();
        int past = Length(0);
        Buffers.Reshape(1, past);
        _present.Reshape(1, past + columns);
        return _binding = new KvBinding(Buffers.View(0, 1), _present.View(0, 1)) { NewAt = past, Width = past + columns };
    }

    /// <inheritdoc/>
    protected override void Reserve(int positions) => Buffers.Reshape(1, positions);

    /// <inheritdoc/>
    protected override void Keep(int first, ReadOnlySpan<int> added, int columns)
    {
        if (added[0] > 0)
            (Buffers, _present) = (_present, Buffers);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _binding?.Dispose();
        _present.Dispose();
        base.Dispose(disposing);
    }
}
