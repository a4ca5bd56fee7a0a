using System.Buffers;

namespace RailCluster.Generation;

/// <summary>Applies the learned merge of lowest rank, leftmost first, to a row of tokens until none applies.</summary>
internal static class PairMerger
{
    private const int Gone = -1;

    // Below this a scan for the best pair is cheaper than a queue; above, scans grow with the square of the length.
    private const int MostScanned = 48;

    /// <summary>Merges in place; what is left stands in front.</summary>
    /// <returns>How many are left.</returns>
    public static int Merge(Span<int> ids, MergeTable merges) => ids.Length <= MostScanned ? Scan(ids, merges) : Queue(ids, merges);

    private static int Scan(Span<int> ids, MergeTable merges)
    {
        Span<int> ranks = stackalloc int[MostScanned];
        int count = ids.Length;
        for (int i = 0; i + 1 < count; i++)
            ranks[i] = Rank(ids, i, merges);
        while (count > 1)
        {
            int best = 0;
            for (int i = 1; i + 1 < count; i++)
            {
                if (ranks[i] < ranks[best])
                    best = i;
            }

            if (ranks[best] == int.MaxValue)
                break;
            merges.TryGet(ids[best], ids[best + 1], out (int Rank, int Merged) merge);
            ids[best] = merge.Merged;
            ids[(best + 2)..count].CopyTo(ids[(best + 1)..]);
            ranks[(best + 1)..(count - 1)].CopyTo(ranks[best..]);
            count--;
            if (best + 1 < count)
                ranks[best] = Rank(ids, best, merges);
            if (best > 0)
                ranks[best - 1] = Rank(ids, best - 1, merges);
        }

        return count;
    }

    private static int Rank(Span<int> ids, int at, MergeTable merges) =>
        merges.TryGet(ids[at], ids[at + 1], out (int Rank, int Merged) merge) ? merge.Rank : int.MaxValue;

    private static int Queue(Span<int> ids, MergeTable merges)
    {
        int length = ids.Length;
        int[] links = ArrayPool<int>.Shared.Rent(2 * length);
        Span<int> next = links.AsSpan(0, length), previous = links.AsSpan(length, length);
        // Entries of pairs that are no longer neighbours stay queued and are recognised when they come out.
        var queue = new PriorityQueue<(int Position, int Left, int Right), long>(length);
        for (int i = 0; i < length; i++)
        {
            (next[i], previous[i]) = (i + 1, i - 1);
            if (i + 1 < length)
                Offer(queue, i, ids[i], ids[i + 1], merges);
        }

        while (queue.TryDequeue(out (int Position, int Left, int Right) pair, out _))
        {
            int right = next[pair.Position];
            if (ids[pair.Position] != pair.Left || right >= length || ids[right] != pair.Right)
                continue;
            merges.TryGet(pair.Left, pair.Right, out (int Rank, int Merged) merge);
            (ids[pair.Position], ids[right]) = (merge.Merged, Gone);
            int after = next[pair.Position] = next[right];
            if (after < length)
            {
                previous[after] = pair.Position;
                Offer(queue, pair.Position, ids[pair.Position], ids[after], merges);
            }

            if (previous[pair.Position] is >= 0 and var before)
                Offer(queue, before, ids[before], ids[pair.Position], merges);
        }

        ArrayPool<int>.Shared.Return(links);
        return Close(ids);
    }

    private static void Offer(PriorityQueue<(int, int, int), long> queue, int position, int left, int right, MergeTable merges)
    {
        if (merges.TryGet(left, right, out (int Rank, int Merged) merge))
            queue.Enqueue((position, left, right), (long)merge.Rank << 32 | (uint)position);
    }

    private static int Close(Span<int> ids)
    {
        int count = 0;
        foreach (int id in ids)
        {
            if (id != Gone)
                ids[count++] = id;
        }

        return count;
    }
}
