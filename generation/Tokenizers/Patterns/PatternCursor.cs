using System.Globalization;

namespace RailCluster.Generation;

/// <summary>Where the reading of a pattern stands, and the words for what it cannot be read as.</summary>
internal sealed class PatternCursor(string pattern)
{
    private int _at;

    /// <summary>Whether all is read.</summary>
    public bool AtEnd => _at >= pattern.Length;

    /// <summary>The next character.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public char Next => AtEnd ? throw Refused("that ends too soon") : pattern[_at];

    /// <summary>Takes the next character.</summary>
    public char Take()
    {
        char next = Next;
        _at++;
        return next;
    }

    /// <summary>Takes a text if it comes next.</summary>
    public bool Take(string text)
    {
        if (!Sees(text))
            return false;
        _at += text.Length;
        return true;
    }

    /// <summary>Whether a text comes next.</summary>
    public bool Sees(string text) => string.CompareOrdinal(pattern, _at, text, 0, text.Length) == 0;

    /// <summary>Whether a text is still to come.</summary>
    public bool SeesLater(char c, int skip) => _at + skip < pattern.Length && pattern.IndexOf(c, _at + skip) >= 0;

    /// <summary>Takes what stands before a closing character, and that.</summary>
    public string TakeUntil(char close)
    {
        int end = pattern.IndexOf(close, _at);
        if (end < 0)
            throw Refused($"that lacks a {close}");
        string text = pattern[_at..end];
        _at = end + 1;
        return text;
    }

    /// <summary>Takes a repetition such as {1,3}; null, and nothing taken, where none comes next.</summary>
    public (int Least, int? Most)? TakeInterval()
    {
        int end = pattern.IndexOf('}', _at);
        if (end < 0)
            return null;
        string[] parts = pattern[(_at + 1)..end].Split(',');
        if (parts.Length > 2 || parts.Any(part => !part.All(char.IsAsciiDigit) || part.Length > 5) || parts.All(part => part.Length == 0))
            return null;
        _at = end + 1;
        int least = parts[0].Length == 0 ? 0 : Number(parts[0]);
        return (least, parts.Length == 1 ? least : parts[1].Length == 0 ? null : Number(parts[1]));
    }

    /// <summary>Takes a number of hexadecimal digits as a character.</summary>
    public char TakeHex(int most)
    {
        bool braces = most == 0;
        string digits = "";
        if (braces)
            digits = TakeUntil('}');
        while (!braces && digits.Length < most && !AtEnd && char.IsAsciiHexDigit(Next))
            digits += Take();
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code))
            throw Refused("with an escape that is no hexadecimal number");
        return code is > 0xffff or (>= 0xd800 and <= 0xdfff) ? throw Beyond() : (char)code;
    }

    /// <summary>A literal character, which may be no half of one.</summary>
    public char Literal(char c) => char.IsSurrogate(c) ? throw Beyond() : c;

    /// <summary>An error that says why the pattern cannot be read.</summary>
    public InvalidDataException Refused(string why) => TokenizerJson.Refused("pattern", $"{pattern} {why}", "what Oniguruma and .NET both know");

    // Characters beyond U+FFFF are matched by category and script (see ShadowText), so a pattern may not name them.
    private InvalidDataException Beyond() => Refused("that names characters beyond U+FFFF");

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);
}
