namespace RailCluster.Generation;

/// <summary>
/// Keys and values of what prompts begin with and others begin with too, so that they are computed once. Bounded in memory; the least recently
/// used goes first. Not safe to share between threads.
/// </summary>
internal sealed class PrefixStore : IDisposable
{
    /// <summary>Fewer tokens than these are computed faster than they are copied.</summary>
    public const int Least = 16;

    private const long MostBytes = 256L << 20;

    // The most recently used last.
    private readonly List<(int[] Tokens, KvSnapshot Entries)> _prefixes = [];

    /// <summary>The kept prefix that agrees longest with a prompt, and how far; leaves at least one token of the prompt to run.</summary>
    public (KvSnapshot Entries, int Length)? Match(int[] prompt)
    {
        (int at, int length) = Longest(prompt);
        if (length < Least)
            return null;
        (int[] Tokens, KvSnapshot Entries) found = _prefixes[at];
        _prefixes.RemoveAt(at);
        _prefixes.Add(found);
        return (found.Entries, length);
    }

    /// <summary>Keeps a copy of what a slot's prompt shares with others, where that is more than is known.</summary>
    public void Keep(PreparedPrompt prompt, KvCache cache, int slot)
    {
        if (prompt.Shared < Least || prompt.Shared < Longest(prompt.Tokens).Length + Least)
            return;
        _prefixes.Add((prompt.Tokens[..prompt.Shared], cache.Snapshot(slot, prompt.Shared)));
        while (_prefixes.Count > 1 && _prefixes.Sum(prefix => prefix.Entries.Bytes) > MostBytes)
        {
            _prefixes[0].Entries.Dispose();
            _prefixes.RemoveAt(0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, KvSnapshot entries) in _prefixes)
            entries.Dispose();
        _prefixes.Clear();
    }

    private (int At, int Length) Longest(int[] prompt)
    {
        (int At, int Length) longest = (-1, 0);
        for (int i = 0; i < _prefixes.Count; i++)
        {
            int length = Math.Min(_prefixes[i].Tokens.AsSpan().CommonPrefixLength(prompt), prompt.Length - 1);
            if (length > longest.Length)
                longest = (i, length);
        }

        return longest;
    }
}
