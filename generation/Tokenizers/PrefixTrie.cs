namespace RailCluster.Generation;

/// <summary>A trie of texts with numbers, held in arrays: the children of a node lie side by side in the order of their characters.</summary>
internal sealed class PrefixTrie
{
    /// <summary>Where every walk begins.</summary>
    public const int Root = 0;

    private const int MostLinear = 8;

    private readonly char[] _labels;
    private readonly int[] _firstChild;
    private readonly int[] _values;

    /// <summary>Builds it.</summary>
    /// <param name="entries">Texts, which are not empty, and numbers of 0 or more; of equal texts the first counts.</param>
    public PrefixTrie(IEnumerable<KeyValuePair<string, int>> entries)
    {
        KeyValuePair<string, int>[] sorted = [.. entries.Where(entry => entry.Key.Length > 0).OrderBy(entry => entry.Key, StringComparer.Ordinal)];
        List<char> labels = ['\0'];
        List<int> firstChild = [], values = [];
        // Level by level: each range of entries shares the path to one node.
        var ranges = new Queue<(int From, int To, int Depth)>();
        ranges.Enqueue((0, sorted.Length, 0));
        while (ranges.TryDequeue(out (int From, int To, int Depth) range))
        {
            (int from, int to, int depth) = range;
            bool ends = from < to && sorted[from].Key.Length == depth;
            values.Add(ends ? sorted[from].Value : -1);
            firstChild.Add(labels.Count);
            while (from < to && sorted[from].Key.Length == depth)
                from++;
            while (from < to)
            {
                char label = sorted[from].Key[depth];
                int start = from;
                while (from < to && sorted[from].Key[depth] == label)
                    from++;
                labels.Add(label);
                ranges.Enqueue((start, from, depth + 1));
            }
        }

        firstChild.Add(labels.Count);
        (_labels, _firstChild, _values) = ([.. labels], [.. firstChild], [.. values]);
    }

    /// <summary>The node a character leads to; negative where none.</summary>
    public int Step(int node, char c)
    {
        int first = _firstChild[node], end = _firstChild[node + 1];
        if (end - first > MostLinear)
        {
            int found = Array.BinarySearch(_labels, first, end - first, c);
            return found < 0 ? -1 : found;
        }

        for (int child = first; child < end; child++)
        {
            if (_labels[child] == c)
                return child;
        }

        return -1;
    }

    /// <summary>The number of the text that ends at a node; negative where none does.</summary>
    public int Value(int node) => _values[node];

    /// <summary>The longest text that a text begins with, and its number; length 0 where none does.</summary>
    public (int Length, int Value) Longest(ReadOnlySpan<char> text)
    {
        (int Length, int Value) longest = (0, -1);
        int node = Root;
        for (int at = 0; at < text.Length && (node = Step(node, text[at])) >= 0; at++)
        {
            if (_values[node] >= 0)
                longest = (at + 1, _values[node]);
        }

        return longest;
    }
}
