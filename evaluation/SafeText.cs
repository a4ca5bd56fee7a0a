using System.Text;

namespace RailCluster.Evaluation;

/// <summary>Text from models and users, made harmless to look at.</summary>
public static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// The text with control characters, marks that reorder what is around them, and broken surrogates replaced by U+FFFD. Line feeds and tabs stay.
    /// </summary>
    public static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            shown.Append(IsHarmless(rune) ? rune.ToString() : Replacement.ToString());
        return shown.ToString();
    }

    /// <summary>The same on one line, cut where it is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most characters shown, the mark of the cut included; 2 or more.</param>
    public static string Line(string text, int longest)
    {
        var line = Visible(text).Replace('\n', ' ').Replace('\t', ' ').Trim();
        if (line.Length <= longest) return line;
        var cut = longest - 1;
        if (char.IsHighSurrogate(line[cut - 1])) cut--;
        return line[..cut] + "…";
    }

    private static bool IsHarmless(Rune rune) => rune.Value is '\n' or '\t'
        || (!Rune.IsControl(rune) && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029));
}
