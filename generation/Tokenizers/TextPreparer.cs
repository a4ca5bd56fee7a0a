using System.Text;

namespace RailCluster.Generation;

/// <summary>Brings a text to the model: cuts added tokens out, normalises what lies between, and cuts that into pieces.</summary>
internal sealed class TextPreparer
{
    private readonly TokenizerFile _file;
    private readonly AddedTokenSplitter _raw;
    private readonly AddedTokenSplitter _normalized;

    /// <summary>Creates it for a tokenizer.</summary>
    /// <param name="file">The tokenizer.</param>
    /// <param name="spelled">Whether special tokens that a text spells are cut out; otherwise they are text like any other.</param>
    public TextPreparer(TokenizerFile file, bool spelled = true)
    {
        _file = file;
        // Of tokens that come to look the same, special ones count first.
        AddedToken[] added = [.. file.Added.Where(token => spelled || !token.Special).OrderBy(token => !token.Special)];
        _raw = new AddedTokenSplitter(added.Where(token => !token.Normalized), content => content);
        _normalized = new AddedTokenSplitter(added.Where(token => token.Normalized), Normalize);
    }

    /// <summary>Appends the tokens of a text.</summary>
    public void Encode(string text, List<int> ids)
    {
        text = WithoutHalves(text);
        foreach (Segment segment in _raw.Split(text))
        {
            if (segment.Token is { } token)
                ids.Add(token);
            else
                EncodeBetween(text[segment.Start..segment.End], first: segment.Start == 0, ids);
        }
    }

    private void EncodeBetween(string text, bool first, List<int> ids)
    {
        string normalized = Normalize(text);
        List<Piece> pieces = [], next = [];
        foreach (Segment segment in _normalized.Split(normalized))
        {
            if (segment.Token is { } token)
            {
                ids.Add(token);
                continue;
            }

            pieces.Clear();
            pieces.Add(Piece.Of(normalized, first).Slice(segment.Start, segment.End));
            foreach (PreTokenizerStep step in _file.Steps)
            {
                next.Clear();
                foreach (Piece piece in pieces)
                    step.Apply(piece, next);
                (pieces, next) = (next, pieces);
            }

            foreach (Piece piece in pieces)
                _file.Model.Encode(piece.Span, ids);
        }
    }

    private string Normalize(string text)
    {
        foreach (TextNormalizer step in _file.Normalizers)
            text = step.Apply(text);
        return text;
    }

    // The reference takes UTF-8, which has no halves of characters.
    private static string WithoutHalves(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return text;
        var whole = new StringBuilder(text.Length);
        Span<char> halves = stackalloc char[2];
        foreach (Rune rune in text.EnumerateRunes())
            whole.Append(halves[..rune.EncodeToUtf16(halves)]);
        return whole.ToString();
    }
}
