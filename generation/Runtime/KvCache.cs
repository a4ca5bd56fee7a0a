namespace RailCluster.Generation;

/// <summary>
/// Keys and values of the rows being answered, one row a slot. What a row sees are its own entries alone, whoever its neighbours are;
/// a slot without a row may take part in a run, and nothing of it is kept. Not safe to share between threads.
/// </summary>
internal abstract class KvCache(int slots) : IDisposable
{
    // Growing by whole blocks makes re-laying-out rare.
    protected const int Block = 64;

    private readonly int[] _lengths = new int[slots];

    /// <summary>Rows at most.</summary>
    public int Slots => _lengths.Length;

    /// <summary>Whether several prompts may be run together from their beginning.</summary>
    public virtual bool PrefillsTogether => true;

    /// <summary>Whether a step must take every slot.</summary>
    public virtual bool StepsAllSlots => false;

    /// <summary>Entries, slot by slot.</summary>
    protected ReadOnlySpan<int> Lengths => _lengths;

    /// <summary>Entries of a slot.</summary>
    public int Length(int slot) => _lengths[slot];

    /// <summary>What a run of these slots is bound to; valid until <see cref="Commit"/>.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="rows">Neighbouring slots.</param>
    /// <param name="columns">New tokens a row at most.</param>
    public abstract KvBinding Bind(int first, int rows, int columns);

    /// <summary>Keeps what a run added.</summary>
    /// <param name="first">As it was bound.</param>
    /// <param name="added">Entries to keep of each bound row; 0 for a row of which nothing is kept.</param>
    /// <param name="columns">As it was bound.</param>
    public void Commit(int first, ReadOnlySpan<int> added, int columns)
    {
        Keep(first, added, columns);
        for (int row = 0; row < added.Length; row++)
            _lengths[first + row] += added[row];
    }

    /// <summary>Empties a slot.</summary>
    public void Free(int slot) => _lengths[slot] = 0;

    /// <summary>Moves a row to an empty slot.</summary>
    public void Move(int from, int to)
    {
        CopySlot(from, to, _lengths[from]);
        (_lengths[from], _lengths[to]) = (0, _lengths[from]);
    }

    /// <summary>A copy of a slot's first entries; the caller disposes of it.</summary>
    public abstract KvSnapshot Snapshot(int slot, int count);

    /// <summary>Fills an empty slot with the first entries of a snapshot of this cache or one like it.</summary>
    public void Restore(int slot, KvSnapshot snapshot, int count)
    {
        Paste(slot, snapshot, count);
        _lengths[slot] = count;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees memory and views.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>Takes in what a run wrote, before the lengths are raised.</summary>
    protected abstract void Keep(int first, ReadOnlySpan<int> added, int columns);

    /// <summary>Copies a row's first entries over an empty slot.</summary>
    protected abstract void CopySlot(int from, int to, int count);

    /// <summary>Copies a snapshot's first entries into an empty slot.</summary>
    protected abstract void Paste(int slot, KvSnapshot snapshot, int count);

    /// <summary>Entries of the longest of the slots.</summary>
    protected int Longest(int first, int rows)
    {
        int longest = 0;
        foreach (int length in Lengths.Slice(first, rows))
            longest = Math.Max(longest, length);
        return longest;
    }
}

/// <summary>Keys and values that were copied out of a cache.</summary>
internal abstract class KvSnapshot : IDisposable
{
    /// <summary>Bytes held.</summary>
    public abstract long Bytes { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}
