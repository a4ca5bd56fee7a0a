namespace RailCluster.Generation;

/// <summary>
/// For graphs whose attention writes into the buffer that it reads (GroupQueryAttention): past and present are one, bound once and for all, and a
/// prompt is run straight into its slot.
/// </summary>
internal sealed class SharedKvCache(KvLayout layout, int tensors, int slots) : HostKvCache(layout, tensors, slots)
{
    // What a prompt and its answer need at least as a rule: growing in the middle of it copies everything.
    private const int Least = 128;

    private readonly Dictionary<(int First, int Rows), KvBinding> _bindings = [];

    /// <inheritdoc/>
    public override KvBinding Bind(int first, int rows, int columns)
    {
        int width = Longest(first, rows) + columns;
        Reserve(width);
        if (!_bindings.TryGetValue((first, rows), out KvBinding? binding))
        {
            Microsoft.ML.OnnxRuntime.OrtValue[] views = Buffers.View(first, rows);
            _bindings[(first, rows)] = binding = new KvBinding(views, views);
        }

        binding.Width = width;
        return binding;
    }

    /// <inheritdoc/>
    protected override void Reserve(int positions)
    {
        if (positions <= Buffers.Positions)
            return;
        Release();
        int doubled = Math.Max(Math.Max(positions, Least), Buffers.Positions * 2);
        Buffers.Resize(Slots, (doubled + Block - 1) / Block * Block, Lengths);
    }

    /// <inheritdoc/>
    protected override void Keep(int first, ReadOnlySpan<int> added, int columns)
    {
        // The run wrote in place.
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Release();
        base.Dispose(disposing);
    }

    private void Release()
    {
        foreach (KvBinding binding in _bindings.Values)
            binding.Dispose();
        _bindings.Clear();
    }
}
