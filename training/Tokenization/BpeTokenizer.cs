using System.Text;
using System.Text.RegularExpressions;

namespace RailCluster.Training;

/// <summary>A byte-level BPE tokenizer: 256 bytes, then merges, then special tokens. Every text round-trips.</summary>
public sealed class BpeTokenizer
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _tokens = [];
    private readonly Dictionary<(string Left, string Right), int> _ranks = [];
    private readonly Dictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private readonly Regex _special = new(
        "(" + string.Join('|', SpecialTokens.All.Select(Regex.Escape)) + ")", RegexOptions.CultureInvariant);

    /// <summary>A tokenizer with these merges, best first.</summary>
    public BpeTokenizer(IReadOnlyList<(string Left, string Right)> merges)
    {
        ArgumentNullException.ThrowIfNull(merges);
        Merges = merges;
        foreach (var character in Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToCharacter((byte)value)).Order())
            Add(character.ToString());
        foreach (var (pair, rank) in merges.Select((pair, rank) => (pair, rank)))
        {
            _ranks[pair] = rank;
            Add(pair.Left + pair.Right);
        }
        VocabularySize = _tokens.Count;
        foreach (var token in SpecialTokens.All)
            Add(token);
    }

    /// <summary>Merges, best first.</summary>
    public IReadOnlyList<(string Left, string Right)> Merges { get; }

    /// <summary>Ids below this are ordinary tokens; the special ones follow.</summary>
    public int VocabularySize { get; }

    /// <summary>All ids, special tokens included.</summary>
    public int Count => _tokens.Count;

    /// <summary>The id of a token in its byte-alphabet spelling, or of a special token.</summary>
    public int IdOf(string token) => _ids[token];

    /// <summary>The spelling of an id.</summary>
    public string TokenOf(int id) => _tokens[id];

    /// <summary>Ids of a text; special tokens in it become their own ids.</summary>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _special.Split(text).SelectMany(part => _special.IsMatch(part) ? [_ids[part]] : EncodePlain(part))];
    }

    /// <summary>The text of ids; special tokens are left out unless asked for.</summary>
    public string Decode(IEnumerable<int> ids, bool keepSpecial = false)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var bytes = new List<byte>();
        foreach (var id in ids)
        {
            if (id < VocabularySize)
                bytes.AddRange(_tokens[id].Select(ByteAlphabet.ToByte));
            else if (keepSpecial)
                bytes.AddRange(Encoding.UTF8.GetBytes(_tokens[id]));
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private IEnumerable<int> EncodePlain(string text) => PreTokenizer.Split(text).SelectMany(EncodePiece);

    private int[] EncodePiece(string piece)
    {
        if (_cache.TryGetValue(piece, out var known))
            return known;
        List<string> symbols = [.. piece.Select(c => c.ToString())];
        while (BestPair(symbols) is { } pair)
            BpeTrainer.Merge(symbols, pair);
        return _cache[piece] = [.. symbols.Select(symbol => _ids[symbol])];
    }

    private (string Left, string Right)? BestPair(List<string> symbols)
    {
        (string, string)? best = null;
        var bestRank = int.MaxValue;
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (_ranks.TryGetValue((symbols[i], symbols[i + 1]), out var rank) && rank < bestRank)
                (best, bestRank) = ((symbols[i], symbols[i + 1]), rank);
        }
        return best;
    }

    private void Add(string token)
    {
        // Two merges may spell the same token; the first keeps the id.
        if (_ids.TryAdd(token, _tokens.Count))
            _tokens.Add(token);
    }
}
