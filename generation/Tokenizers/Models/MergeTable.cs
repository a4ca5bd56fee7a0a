using System.Numerics;

namespace RailCluster.Generation;

/// <summary>
/// Which two tokens merge, in what order and to what: a hash table in flat arrays, since it is asked several times a character.
/// </summary>
internal sealed class MergeTable
{
    private const ulong Empty = ulong.MaxValue;

    private readonly ulong[] _pairs;
    private readonly (int Rank, int Merged)[] _merges;
    private readonly int _shift;

    /// <summary>Creates a table of the right size.</summary>
    public MergeTable(int count)
    {
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, count * 2));
        (_pairs, _merges) = (new ulong[size], new (int, int)[size]);
        Array.Fill(_pairs, Empty);
        _shift = 64 - BitOperations.Log2((uint)size);
    }

    /// <summary>Adds a merge; a later one of the same pair counts.</summary>
    public void Set(int left, int right, int rank, int merged)
    {
        int slot = Slot(Key(left, right));
        (_pairs[slot], _merges[slot]) = (Key(left, right), (rank, merged));
    }

    /// <summary>Whether a pair merges, its rank and what it becomes.</summary>
    public bool TryGet(int left, int right, out (int Rank, int Merged) merge)
    {
        int slot = Slot(Key(left, right));
        merge = _merges[slot];
        return _pairs[slot] != Empty;
    }

    private static ulong Key(int left, int right) => (ulong)(uint)left << 32 | (uint)right;

    private int Slot(ulong key)
    {
        int slot = (int)(key * 0x9e37_79b9_7f4a_7c15 >> _shift);
        while (_pairs[slot] != key && _pairs[slot] != Empty)
            slot = slot + 1 & _pairs.Length - 1;
        return slot;
    }
}
