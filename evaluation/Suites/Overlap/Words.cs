using System.Globalization;
using System.Text;

namespace RailCluster.Evaluation;

/// <summary>A text as words, so that case, punctuation and spacing make no difference. Scripts that write no spaces have a word a character.</summary>
internal static class Words
{
    /// <summary>The words of a text in order.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Normal(text).EnumerateRunes())
        {
            if (StandsAlone(rune))
            {
                End(words, word);
                words.Add(rune.ToString());
            }
            else if (IsPart(rune)) word.Append(Rune.ToLowerInvariant(rune));
            else if (rune.Value is not ('\'' or '\u2019')) End(words, word);
        }

        End(words, word);
        return words;
    }

    private static void End(List<string> words, StringBuilder word)
    {
        if (word.Length == 0) return;
        words.Add(word.ToString());
        word.Clear();
    }

    // Half a surrogate pair, as files of broken encoding have it, cannot be normalised.
    private static string Normal(string text)
    {
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
