using System.Text;

namespace RailCluster.Generation;

/// <summary>One step that cuts text into the pieces that the model takes one by one.</summary>
internal abstract class PreTokenizerStep
{
    /// <summary>Adds what a piece, which is not empty, becomes.</summary>
    public abstract void Apply(Piece piece, List<Piece> output);
}

/// <summary>Cuts at the matches of a pattern.</summary>
internal sealed class PatternSplit(TextPattern pattern, SplitBehavior behavior, bool invert) : PreTokenizerStep
{
    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output)
    {
        var cutter = new PieceCutter(piece, behavior, invert, output);
        pattern.Find(piece.Span, ref cutter);
        cutter.Finish();
    }
}

/// <summary>Cuts at the characters that a question says yes to.</summary>
internal sealed class CharacterSplit(Func<Rune, bool> holds, SplitBehavior behavior) : PreTokenizerStep
{
    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output)
    {
        var cutter = new PieceCutter(piece, behavior, false, output);
        int done = 0, at = 0;
        foreach (Rune rune in piece.Span.EnumerateRunes())
        {
            int end = at + rune.Utf16SequenceLength;
            if (holds(rune))
            {
                if (at > done)
                    cutter.Add(done, at, isMatch: false);
                cutter.Add(at, end, isMatch: true);
                done = end;
            }

            at = end;
        }

        if (at > done)
            cutter.Add(done, at, isMatch: false);
        cutter.Finish();
    }
}

/// <summary>Cuts into runs of word characters and runs of others, and leaves white space out.</summary>
internal sealed class WordSplit : PreTokenizerStep
{
    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output)
    {
        int start = 0, at = 0;
        int kind = 0;
        foreach (Rune rune in piece.Span.EnumerateRunes())
        {
            int next = Rune.IsWhiteSpace(rune) ? 0 : CharacterClasses.IsRustWord(rune) ? 1 : 2;
            if (next != kind)
            {
                if (kind != 0)
                    output.Add(piece.Slice(start, at));
                (start, kind) = (at, next);
            }

            at += rune.Utf16SequenceLength;
        }

        if (kind != 0)
            output.Add(piece.Slice(start, at));
    }
}

/// <summary>Writes spaces as another character, sets one before a text where asked, and cuts before each.</summary>
/// <param name="replacement">The character.</param>
/// <param name="prepend">When it is set before a piece that does not begin with it.</param>
/// <param name="split">Whether the text is cut.</param>
internal sealed class MetaspaceSplit(char replacement, PrependScheme prepend, bool split) : PreTokenizerStep
{
    private readonly TextPattern _pattern = TextPattern.Literal(replacement.ToString());

    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output)
    {
        string text = piece.Span.ToString().Replace(' ', replacement);
        bool prefix = prepend == PrependScheme.Always || (prepend == PrependScheme.First && piece.First);
        if (prefix && text[0] != replacement)
            text = replacement + text;
        Piece changed = Piece.Of(text, piece.First);
        if (!split)
        {
            output.Add(changed);
            return;
        }

        var cutter = new PieceCutter(changed, SplitBehavior.MergedWithNext, false, output);
        _pattern.Find(text, ref cutter);
        cutter.Finish();
    }
}

/// <summary>Sets a space before a piece that does not begin with one.</summary>
internal sealed class PrefixSpace : PreTokenizerStep
{
    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output) =>
        output.Add(piece.Text[piece.Start] == ' ' ? piece : Piece.Of(" " + piece.Span.ToString(), piece.First));
}

/// <summary>Writes each byte of the text's UTF-8 as one printable character.</summary>
internal sealed class BytesAsCharacters : PreTokenizerStep
{
    /// <inheritdoc/>
    public override void Apply(Piece piece, List<Piece> output) => output.Add(Piece.Of(ByteAlphabet.Encode(piece.Span), piece.First));
}

/// <summary>When a mark for a space is set before a text.</summary>
internal enum PrependScheme
{
    /// <summary>Before every piece that stands between added tokens.</summary>
    Always,

    /// <summary>Before the piece that begins the text.</summary>
    First,

    /// <summary>Never.</summary>
    Never,
}
