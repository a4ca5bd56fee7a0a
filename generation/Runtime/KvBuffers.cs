using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>One buffer for each of a graph's cache tensors, all of [slots, heads, positions, head size]. Not safe to share between threads.</summary>
internal sealed class KvBuffers(KvLayout layout, int tensors) : IDisposable
{
    private readonly NativeBuffer[] _buffers = [.. Enumerable.Range(0, tensors).Select(_ => new NativeBuffer(0))];

    /// <summary>Positions that each slot has room for.</summary>
    public int Positions { get; private set; }

    /// <summary>Slots.</summary>
    public int Slots { get; private set; }

    /// <summary>The shape of the tensors.</summary>
    public KvLayout Layout => layout;

    /// <summary>Cache tensors of the graph.</summary>
    public int Tensors => tensors;

    /// <summary>Bytes held.</summary>
    public long Bytes => _buffers.Sum(buffer => buffer.Bytes);

    /// <summary>Gives each slot other room, keeping what stands in it. Views taken before are void.</summary>
    /// <param name="rows">Slots.</param>
    /// <param name="positions">Positions a slot.</param>
    /// <param name="lengths">Positions in use, slot by slot.</param>
    public void Resize(int rows, int positions, ReadOnlySpan<int> lengths)
    {
        (int oldSlots, int oldPositions) = (Slots, Positions);
        (Slots, Positions) = (rows, positions);
        for (int tensor = 0; tensor < tensors; tensor++)
        {
            using NativeBuffer old = _buffers[tensor];
            _buffers[tensor] = new NativeBuffer(layout.RowBytes * rows * positions);
            for (int slot = 0; slot < Math.Min(rows, oldSlots); slot++)
                CopyEntries(old, oldSlots, oldPositions, slot, 0, tensor, slot, 0, lengths[slot]);
        }
    }

    /// <summary>Takes another shape, of whatever content; memory is only ever added. Views taken before are void.</summary>
    public void Reshape(int rows, int positions)
    {
        long needed = layout.RowBytes * rows * positions;
        for (int tensor = 0; tensor < tensors && _buffers[tensor].Bytes < needed; tensor++)
        {
            _buffers[tensor].Dispose();
            // An eighth more, so that growing step by step is rare.
            _buffers[tensor] = new NativeBuffer(needed + needed / 8);
        }

        (Slots, Positions) = (rows, positions);
    }

    /// <summary>Tensors of no positions; the caller disposes of them.</summary>
    public OrtValue[] EmptyView(int rows) => [.. _buffers.Select(buffer => buffer.View(layout.Type, layout.Shape(rows, 0)))];

    /// <summary>Tensors over neighbouring slots, one for each cache tensor; the caller disposes of them.</summary>
    public OrtValue[] View(int first, int rows)
    {
        if (layout.Combined && rows != Slots)
            throw new ArgumentException("Keys and values in one tensor are bound for all slots at once.", nameof(rows));
        long start = (long)first * layout.Heads * Positions * layout.EntryBytes;
        return [.. _buffers.Select(buffer => buffer.View(layout.Type, layout.Shape(rows, Positions), start))];
    }

    /// <summary>Copies a row's first entries to another slot.</summary>
    public void Copy(int from, int to, int count)
    {
        for (int tensor = 0; tensor < tensors; tensor++)
            CopyEntries(_buffers[tensor], Slots, Positions, from, 0, tensor, to, 0, count);
    }

    /// <summary>Copies entries of a row out of buffers that may have another count of slots and positions.</summary>
    public void Take(KvBuffers source, int sourceSlot, int sourceStart, int slot, int start, int count)
    {
        for (int tensor = 0; tensor < tensors; tensor++)
            CopyEntries(source._buffers[tensor], source.Slots, source.Positions, sourceSlot, sourceStart, tensor, slot, start, count);
    }

    /// <summary>Zeroes a slot from a position on.</summary>
    public void Clear(int slot, int start)
    {
        foreach (NativeBuffer buffer in _buffers)
        {
            for (int head = 0; head < layout.Planes * layout.Heads; head++)
                Entries(buffer, Slots, Positions, slot, head, start, Positions - start).Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer buffer in _buffers)
            buffer.Dispose();
    }

    private void CopyEntries(NativeBuffer source, int sourceSlots, int sourcePositions, int from, int sourceStart, int tensor, int to, int start, int count)
    {
        for (int head = 0; count > 0 && head < layout.Planes * layout.Heads; head++)
        {
            Entries(source, sourceSlots, sourcePositions, from, head, sourceStart, count)
                .CopyTo(Entries(_buffers[tensor], Slots, Positions, to, head, start, count));
        }
    }

    private Span<byte> Entries(NativeBuffer buffer, int rows, int positions, int slot, int head, int start, int count)
    {
        if (start > positions - count)
            throw new ArgumentOutOfRangeException(nameof(count), $"Positions {start} to {start + count} are outside a slot of {positions}.");
        (int plane, int within) = (head / layout.Heads, head % layout.Heads);
        long entry = ((((long)plane * rows) + slot) * layout.Heads + within) * positions + start;
        return buffer.Slice(entry * layout.EntryBytes, count * layout.EntryBytes);
    }
}
