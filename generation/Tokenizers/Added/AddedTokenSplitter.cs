using System.Buffers;
using System.Text;

namespace RailCluster.Generation;

/// <summary>A stretch of text, or a token found in it.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Token">The token; null where it is text.</param>
internal readonly record struct Segment(int Start, int End, int? Token);

/// <summary>Cuts added tokens out of a text: the leftmost first, of those the longest.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly AddedToken[] _tokens;
    private readonly PrefixTrie _trie;
    private readonly SearchValues<char> _first;

    /// <summary>Creates a splitter.</summary>
    /// <param name="tokens">What is looked for; of equal ones the first counts.</param>
    /// <param name="normalize">Brings a token's text to the form that the text to be searched has.</param>
    public AddedTokenSplitter(IEnumerable<AddedToken> tokens, Func<string, string> normalize)
    {
        _tokens = [.. tokens.Select(token => token with { Content = normalize(token.Content) }).Where(token => token.Content.Length > 0)];
        _trie = new PrefixTrie(_tokens.Select((token, i) => KeyValuePair.Create(token.Content, i)));
        _first = SearchValues.Create([.. _tokens.Select(token => token.Content[0]).Distinct()]);
    }

    /// <summary>The text in order, without empty stretches.</summary>
    public List<Segment> Split(string text)
    {
        var segments = new List<Segment>();
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            int skip = text.AsSpan(at).IndexOfAny(_first);
            if (skip < 0)
                break;
            at += skip;
            (int length, int index) = _trie.Longest(text.AsSpan(at));
            if (length == 0)
            {
                at++;
                continue;
            }

            if (!_tokens[index].SingleWord || StandsAlone(text, at, at + length))
                done = Add(segments, text, done, at, at + length, _tokens[index]);
            at += length;
        }

        if (done < text.Length)
            segments.Add(new Segment(done, text.Length, null));
        return segments;
    }

    private static int Add(List<Segment> segments, string text, int done, int start, int end, AddedToken token)
    {
        while (token.StripLeft && start > done && char.IsWhiteSpace(text[start - 1]))
            start--;
        while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        if (start > done)
            segments.Add(new Segment(done, start, null));
        segments.Add(new Segment(start, end, token.Id));
        return end;
    }

    private static bool StandsAlone(string text, int start, int end)
    {
        bool before = start > 0 && Rune.DecodeLastFromUtf16(text.AsSpan(0, start), out Rune left, out _) == OperationStatus.Done
            && CharacterClasses.IsRustWord(left);
        bool behind = end < text.Length && Rune.DecodeFromUtf16(text.AsSpan(end), out Rune right, out _) == OperationStatus.Done
            && CharacterClasses.IsRustWord(right);
        return !before && !behind;
    }
}
