using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// WordPiece: the longest token that a word begins with, then the longest continuing one, and so on; a word that does not come out
/// is unknown.
/// </summary>
internal sealed class WordPieceModel : TokenModel
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly PrefixTrie _beginnings;
    private readonly PrefixTrie _continuations;
    private readonly int _unknown;
    private readonly int _longest;

    /// <summary>Creates a model.</summary>
    /// <param name="vocabulary">Tokens and ids.</param>
    /// <param name="unknown">The token of a word that does not come out.</param>
    /// <param name="prefix">What tokens that continue a word begin with.</param>
    /// <param name="longest">Most characters of a word; a longer one is unknown.</param>
    public WordPieceModel(Dictionary<string, int> vocabulary, int unknown, string prefix, int longest)
    {
        (_vocabulary, _unknown, _longest) = (vocabulary, unknown, longest);
        _beginnings = new PrefixTrie(vocabulary);
        _continuations = new PrefixTrie(vocabulary
            .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(entry => KeyValuePair.Create(entry.Key[prefix.Length..], entry.Value)));
    }

    /// <inheritdoc/>
    public override string Kind => "WordPiece";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        int before = output.Count;
        bool whole = Count(piece) <= _longest;
        for (int at = 0; whole && at < piece.Length;)
        {
            (int length, int token) = (at == 0 ? _beginnings : _continuations).Longest(piece[at..]);
            whole = length > 0;
            output.Add(token);
            at += length;
        }

        if (whole)
            return;
        output.RemoveRange(before, output.Count - before);
        output.Add(_unknown);
    }

    private static int Count(ReadOnlySpan<char> piece)
    {
        int count = 0;
        foreach (Rune _ in piece.EnumerateRunes())
            count++;
        return count;
    }
}
