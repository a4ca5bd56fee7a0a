using System.Globalization;
using System.Text;

namespace RailCluster.Evaluation;

/// <summary>A number for a word.</summary>
internal delegate int WordNumber(ReadOnlySpan<char> word);

/// <summary>A text as words, so that case, punctuation and spacing make no difference. Scripts that write no spaces have a word a character.</summary>
internal static class Words
{
    // Training data have no words as long as that; what runs on is cut into several.
    private const int Longest = 256;

    /// <summary>The numbers of a text's words, in order.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="number">Numbers a word, in lower case.</param>
    public static List<int> Of(string text, WordNumber number)
    {
        var words = new List<int>(text.Length / 4);
        Span<char> word = stackalloc char[Longest];
        var length = 0;
        foreach (var rune in Normal(text).EnumerateRunes())
        {
            var alone = !rune.IsAscii && StandsAlone(rune);
            var part = rune.IsAscii ? char.IsAsciiLetterOrDigit((char)rune.Value) : IsPart(rune);
            if (length > 0 && (alone || length + 2 > Longest || (!part && rune.Value is not ('\'' or '\u2019'))))
            {
                words.Add(number(word[..length]));
                length = 0;
            }

            if (!part) continue;
            length += Rune.ToLowerInvariant(rune).EncodeToUtf16(word[length..]);
            if (!alone) continue;
            words.Add(number(word[..length]));
            length = 0;
        }

        if (length > 0) words.Add(number(word[..length]));
        return words;
    }

    // Half a surrogate pair, as files of broken encoding have it, cannot be normalised.
    private static string Normal(string text)
    {
        if (Ascii.IsValid(text)) return text;
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsPart(Rune rune) => Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Thai, Lao, Myanmar and Khmer; kana; Han with its extensions.
    private static bool StandsAlone(Rune rune) => IsPart(rune)
        && rune.Value is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF)
            or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);
}
