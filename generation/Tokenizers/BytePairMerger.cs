using System.Collections.Concurrent;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Byte-pair encoding of one piece of text: starts from bytes and applies the learned merge of lowest rank, leftmost first, until none applies.</summary>
/// <param name="byteIds">Token of each single byte; 256 entries.</param>
/// <param name="merges">(left, right) to (rank, merged token).</param>
/// <param name="whole">Pieces taken whole where they are tokens themselves; null where merges always decide.</param>
internal sealed class BytePairMerger(
    int[] byteIds,
    Dictionary<(int Left, int Right), (int Rank, int Merged)> merges,
    Dictionary<string, int>? whole)
{
    private const int MostCached = 1 << 16;
    private const int LongestCached = 64;

    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);

    /// <summary>Appends a piece's tokens.</summary>
    public void Encode(string piece, List<int> output)
    {
        if (!_cache.TryGetValue(piece, out int[]? tokens))
        {
            tokens = Merge(Encoding.UTF8.GetBytes(piece));
            if (piece.Length <= LongestCached && _cache.Count < MostCached)
                _cache.TryAdd(piece, tokens);
        }

        output.AddRange(tokens);
    }

    private int[] Merge(byte[] bytes)
    {
        if (whole is not null && whole.TryGetValue(string.Concat(bytes.Select(ByteAlphabet.Character)), out int token))
            return [token];
        int length = bytes.Length;
        var ids = new int[length];
        var next = new int[length];
        var previous = new int[length];
        for (int i = 0; i < length; i++)
            (ids[i], next[i], previous[i]) = (byteIds[bytes[i]], i + 1, i - 1);

        // Entries of pairs that are no longer neighbours stay queued and are recognised when they come out.
        var queue = new PriorityQueue<(int Position, int Left, int Right), (int Rank, int Position)>();
        for (int i = 0; i + 1 < length; i++)
            Offer(queue, i, ids[i], ids[i + 1]);
        while (queue.TryDequeue(out (int Position, int Left, int Right) pair, out _))
        {
            int right = next[pair.Position];
            if (ids[pair.Position] != pair.Left || right >= length || ids[right] != pair.Right)
                continue;
            ids[pair.Position] = merges[(pair.Left, pair.Right)].Merged;
            ids[right] = -1;
            int after = next[pair.Position] = next[right];
            if (after < length)
            {
                previous[after] = pair.Position;
                Offer(queue, pair.Position, ids[pair.Position], ids[after]);
            }

            if (previous[pair.Position] is >= 0 and var before)
                Offer(queue, before, ids[before], ids[pair.Position]);
        }

        return [.. ids.Where(id => id >= 0)];
    }

    private void Offer(PriorityQueue<(int Position, int Left, int Right), (int Rank, int Position)> queue, int position, int left, int right)
    {
        if (merges.TryGetValue((left, right), out (int Rank, int Merged) merge))
            queue.Enqueue((position, left, right), (merge.Rank, position));
    }
}
