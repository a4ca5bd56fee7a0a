using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// A stand-in for a text in which every character beyond U+FFFF is one character of the same Unicode category.
/// .NET's regular expressions see such characters as two halves of no category, so letters such as 𝒜 would split as symbols.
/// </summary>
internal static class ShadowText
{
    private static readonly Dictionary<UnicodeCategory, char> StandIns = Build();

    /// <summary>The stand-in, and where each of its characters begins in the text (one more entry: the text's length). Null offsets: the text itself.</summary>
    public static (string Shadow, int[]? Offsets) Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
            return (text, null);
        var shadow = new StringBuilder(text.Length);
        var offsets = new List<int>(text.Length + 1);
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIns[Rune.GetUnicodeCategory(rune)]);
            offsets.Add(at);
            // A lone half reads as U+FFFD, which is as long as the half.
            at += rune.Utf16SequenceLength;
        }

        offsets.Add(at);
        return (shadow.ToString(), [.. offsets]);
    }

    // From the private and rarely used end of the plane, where no pattern names single characters or ranges.
    private static Dictionary<UnicodeCategory, char> Build()
    {
        var standIns = new Dictionary<UnicodeCategory, char>();
        for (int c = 0xa000; c < 0x1_0000; c++)
            standIns.TryAdd(char.GetUnicodeCategory((char)c), (char)c);
        for (int c = 0x80; c < 0xa000; c++)
            standIns.TryAdd(char.GetUnicodeCategory((char)c), (char)c);
        return standIns;
    }
}
