namespace RailCluster.Generation;

/// <summary>A cache in the process's own memory.</summary>
internal abstract class HostKvCache(KvLayout layout, int tensors, int slots) : KvCache(slots)
{
    /// <inheritdoc/>
    public override bool StepsAllSlots => Buffers.Layout.Combined;

    /// <summary>The entries.</summary>
    protected KvBuffers Buffers { get; set; } = new(layout, tensors);

    /// <inheritdoc/>
    public override KvSnapshot Snapshot(int slot, int count)
    {
        var copy = new KvBuffers(Buffers.Layout, Buffers.Tensors);
        copy.Resize(1, count, []);
        copy.Take(Buffers, slot, 0, 0, 0, count);
        return new HostSnapshot(copy);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => Buffers.Dispose();

    /// <summary>Makes room for so many entries in every slot; no slot loses any.</summary>
    protected abstract void Reserve(int positions);

    /// <inheritdoc/>
    protected override void CopySlot(int from, int to, int count)
    {
        Buffers.Copy(from, to, count);
        Buffers.Clear(to, count);
    }

    /// <inheritdoc/>
    protected override void Paste(int slot, KvSnapshot snapshot, int count)
    {
        Reserve(count);
        Buffers.Take(((HostSnapshot)snapshot).Entries, 0, 0, slot, 0, count);
        Buffers.Clear(slot, count);
    }

    private sealed class HostSnapshot(KvBuffers entries) : KvSnapshot
    {
        public KvBuffers Entries => entries;

        public override long Bytes => entries.Bytes;

        public override void Dispose() => entries.Dispose();
    }
}
