using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>
/// For graphs that append to the past (plain operators, positions given): each slot's entries stand left-aligned in a padded past, what follows
/// them is zero and masked, and of what a run appends only the new entries are copied back.
/// </summary>
/// <param name="layout">Shape of the cache tensors.</param>
/// <param name="tensors">Cache tensors of the graph.</param>
/// <param name="slots">Rows at most.</param>
/// <param name="most">Positions that a run may have, old and new together: some graphs have tables that end there.</param>
internal sealed class PaddedKvCache(KvLayout layout, int tensors, int slots, int most) : HostKvCache(layout, tensors, slots)
{
    private readonly KvBuffers _present = new(layout, tensors);
    private readonly KvBuffers _alone = new(layout, tensors);
    private (int First, int Rows, int Columns, int Past) _shape;
    private KvBinding? _binding;

    /// <inheritdoc/>
    public override KvBinding Bind(int first, int rows, int columns)
    {
        int longest = Longest(first, rows);
        Reserve(Longest(0, Slots) + 1);
        bool fits = Buffers.Positions <= most - columns;
        int past = longest == 0 ? 0 : fits ? Buffers.Positions : longest;
        bool copied = past > 0 && (!fits || (Buffers.Layout.Combined && rows != Slots));
        if (_binding is not null && _shape == (first, rows, columns, past) && !copied)
            return _binding;
        Release();
        _shape = (first, rows, columns, past);
        _present.Reshape(rows, past + columns);
        OrtValue[] pastValues = past == 0 ? Buffers.EmptyView(rows) : copied ? Copied(first, rows, past) : Buffers.View(first, rows);
        return _binding = new KvBinding(pastValues, _present.View(0, rows)) { NewAt = past, Width = past + columns };
    }

    /// <inheritdoc/>
    protected override void Reserve(int positions)
    {
        // What one row asks for must not cut off another.
        positions = Math.Max(positions, Longest(0, Slots));
        // Up to the room that a step needs.
        int wanted = Math.Min((positions + Block - 1) / Block * Block, Math.Max(positions, most - 1));
        // A past much longer than its rows is paid for at every step.
        if (positions <= Buffers.Positions && wanted * 2 > Buffers.Positions)
            return;
        Release();
        Buffers.Resize(Slots, wanted, Lengths);
    }

    /// <inheritdoc/>
    protected override void Keep(int first, ReadOnlySpan<int> added, int columns)
    {
        int past = _shape.Past;
        int longest = 0;
        for (int row = 0; row < added.Length; row++)
            longest = Math.Max(longest, Length(first + row) + added[row]);
        if (longest > Buffers.Positions)
            Reserve(longest);
        for (int row = 0; row < added.Length; row++)
        {
            int slot = first + row;
            if (added[row] == 0)
                continue;
            Buffers.Take(_present, row, past, slot, Length(slot), added[row]);
            // The slot's former tenant may have left numbers that even a mask does not silence, such as NaN.
            if (columns > 1 || Length(slot) == 0)
                Buffers.Clear(slot, Length(slot) + added[row]);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Release();
        _present.Dispose();
        _alone.Dispose();
        base.Dispose(disposing);
    }

    // Of keys and values in one tensor, or without the room behind them, some rows' are no connected piece.
    private OrtValue[] Copied(int first, int rows, int past)
    {
        _alone.Reshape(rows, past);
        for (int row = 0; row < rows; row++)
            _alone.Take(Buffers, first + row, 0, row, 0, past);
        return _alone.View(0, rows);
    }

    private void Release()
    {
        _binding?.Dispose();
        _binding = null;
    }
}
