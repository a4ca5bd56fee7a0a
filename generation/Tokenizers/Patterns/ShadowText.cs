using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// A stand-in for a text in which every character beyond U+FFFF is one lone surrogate that carries its Unicode category and script.
/// .NET's regular expressions see such characters as two halves of no category, so letters such as 𝒜 would split as symbols.
/// Text itself never holds a lone surrogate here, and <see cref="CharacterSet"/> knows what each one stands for.
/// </summary>
internal static class ShadowText
{
    /// <summary>The first stand-in.</summary>
    public const char First = '\ud800';

    /// <summary>The last stand-in.</summary>
    public const char Last = '\udfff';

    private const int Categories = 32;

    /// <summary>The category that a character of a shadow has.</summary>
    public static UnicodeCategory CategoryOf(char c) => c is >= First and <= Last
        ? (UnicodeCategory)Math.Min((c - First) % Categories, (int)UnicodeCategory.OtherNotAssigned)
        : char.GetUnicodeCategory(c);

    /// <summary>The script that a character of a shadow has.</summary>
    public static int ScriptOf(char c) => c is >= First and <= Last ? (c - First) / Categories : UnicodeScripts.Of(c);

    /// <summary>
    /// The stand-in, and where each of its characters begins in the text (one more entry: the text's length). Null: the text itself serves.
    /// </summary>
    public static (string Shadow, int[] Offsets)? Of(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange(First, Last))
            return null;
        var shadow = new StringBuilder(text.Length);
        var offsets = new List<int>(text.Length + 1);
        int at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandIn(rune));
            offsets.Add(at);
            at += rune.Utf16SequenceLength;
        }

        offsets.Add(at);
        return (shadow.ToString(), [.. offsets]);
    }

    private static char StandIn(Rune rune) => (char)(First + UnicodeScripts.Of(rune) * Categories + (int)Rune.GetUnicodeCategory(rune));
}
