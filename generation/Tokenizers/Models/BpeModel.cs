using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Byte-pair encoding: a piece starts as its characters, and learned merges join them.</summary>
internal sealed class BpeModel : TokenModel
{
    private const int MostCached = 1 << 16;
    private const int LongestCached = 64;
    private const int Unknown = -1;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    private readonly MergeTable _merges;
    private readonly BpeOptions _options;
    private readonly bool _bytes;
    private readonly int[] _characters = new int[0x1_0000];
    private readonly int[] _byteTokens;
    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _cached;
    private int _count;

    /// <summary>Creates a model.</summary>
    /// <param name="vocabulary">Tokens and ids.</param>
    /// <param name="merges">What merges.</param>
    /// <param name="options">How it meets what it does not know.</param>
    /// <param name="bytes">Whether pieces come as text and are written in the byte alphabet here.</param>
    public BpeModel(Dictionary<string, int> vocabulary, MergeTable merges, BpeOptions options, bool bytes)
    {
        (_vocabulary, _merges, _options, _bytes) = (vocabulary, merges, options, bytes);
        _tokens = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _cached = _cache.GetAlternateLookup<ReadOnlySpan<char>>();
        Array.Fill(_characters, Unknown);
        foreach ((string token, int id) in vocabulary)
        {
            if (token.Length == 1)
                _characters[token[0]] = id;
        }

        _byteTokens = ByteTokens(vocabulary);
    }

    /// <inheritdoc/>
    public override string Kind => _options.ByteFallback ? "BPE with byte fallback" : "BPE";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        if (piece.Length > LongestCached)
        {
            Merge(piece, output);
            return;
        }

        if (!_cached.TryGetValue(piece, out int[]? tokens))
        {
            int before = output.Count;
            Merge(piece, output);
            // Counting what the dictionary holds would lock it.
            if (_count < MostCached && _cached.TryAdd(piece, [.. output[before..]]))
                Interlocked.Increment(ref _count);
            return;
        }

        output.AddRange(tokens);
    }

    private void Merge(ReadOnlySpan<char> piece, List<int> output)
    {
        if (_bytes)
            piece = ByteAlphabet.Encode(piece);
        if (_options.TakesWhole && _tokens.TryGetValue(piece, out int whole))
        {
            output.Add(whole);
            return;
        }

        int start = output.Count;
        Spell(piece, output);
        Span<int> ids = CollectionsMarshal.AsSpan(output)[start..];
        int left = PairMerger.Merge(ids, _merges);
        output.RemoveRange(start + left, ids.Length - left);
    }

    // Unknown characters are added late, so that neighbours can be one; byte tokens do not wait for them. As the reference does it.
    private void Spell(ReadOnlySpan<char> piece, List<int> output)
    {
        bool unknown = false;
        int at = 0;
        while (at < piece.Length)
        {
            Rune.DecodeFromUtf16(piece[at..], out _, out int length);
            ReadOnlySpan<char> character = piece.Slice(at, length);
            int id = Find(character, at == 0, at + length == piece.Length);
            at += length;
            if (id != Unknown)
            {
                if (unknown)
                    output.Add(_options.Unknown!.Value);
                output.Add(id);
                unknown = false;
            }
            else if (!(_options.ByteFallback && TrySpellBytes(character, at == length, at == piece.Length, output)) && _options.Unknown is { } token)
            {
                if (unknown && !_options.FuseUnknown)
                    output.Add(token);
                unknown = true;
            }
        }

        if (unknown)
            output.Add(_options.Unknown!.Value);
    }

    private int Find(ReadOnlySpan<char> character, bool first, bool last)
    {
        if (Affixed(character, first, last) is { } text)
            return _vocabulary.GetValueOrDefault(text, Unknown);
        if (character.Length == 1)
            return _characters[character[0]];
        return _tokens.TryGetValue(character, out int id) ? id : Unknown;
    }

    private string? Affixed(ReadOnlySpan<char> character, bool first, bool last)
    {
        string prefix = first ? "" : _options.Prefix;
        string suffix = last ? _options.Suffix : "";
        return prefix.Length + suffix.Length == 0 ? null : string.Concat(prefix, character, suffix);
    }

    private bool TrySpellBytes(ReadOnlySpan<char> character, bool first, bool last, List<int> output)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Affixed(character, first, last) ?? character.ToString());
        if (!Array.TrueForAll(bytes, value => _byteTokens[value] >= 0))
            return false;
        foreach (byte value in bytes)
            output.Add(_byteTokens[value]);
        return true;
    }
}
