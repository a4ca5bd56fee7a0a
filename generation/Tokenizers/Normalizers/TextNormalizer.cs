using System.Text;

namespace RailCluster.Generation;

/// <summary>One step that rewrites text before it is cut into pieces.</summary>
internal abstract class TextNormalizer
{
    /// <summary>The text rewritten; the same where nothing changes.</summary>
    public abstract string Apply(string text);
}

/// <summary>A step that is one function of the text.</summary>
internal sealed class TextFunction(Func<string, string> function) : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => function(text);
}

/// <summary>Writes each byte of the text's UTF-8 as one printable character.</summary>
internal sealed class BytesAsText : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => ByteAlphabet.Encode(text);
}

/// <summary>Leaves out white space at the ends.</summary>
internal sealed class Strip(bool left, bool right) : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => (left, right) switch
    {
        (true, true) => text.Trim(),
        (true, false) => text.TrimStart(),
        (false, true) => text.TrimEnd(),
        _ => text,
    };
}

/// <summary>Sets a text before any that is not empty.</summary>
internal sealed class Prepend(string prefix) : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text) => text.Length == 0 ? text : prefix + text;
}

/// <summary>Writes a text in place of each match of a pattern.</summary>
internal sealed class Replace(TextPattern pattern, string content) : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text)
    {
        var writer = new Writer(text, content);
        pattern.Find(text, ref writer);
        return writer.Output?.ToString() ?? text;
    }

    private struct Writer(string text, string content) : IStretchSink
    {
        public StringBuilder? Output { get; private set; }

        public void Add(int start, int end, bool isMatch)
        {
            if (isMatch)
                (Output ??= new StringBuilder(text.Length).Append(text, 0, start)).Append(content);
            else
                Output?.Append(text, start, end - start);
        }
    }
}

/// <summary>Rewrites character by character; characters without an entry stay as they are.</summary>
/// <param name="map">What is written in place of a character; null where it stays.</param>
internal sealed class CharacterMap(Func<Rune, string?> map) : TextNormalizer
{
    /// <inheritdoc/>
    public override string Apply(string text)
    {
        StringBuilder? output = null;
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            string? changed = map(rune);
            if (changed is not null)
                (output ??= new StringBuilder(text.Length).Append(text, 0, at)).Append(changed);
            else
                output?.Append(text, at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
        }

        return output?.ToString() ?? text;
    }
}
