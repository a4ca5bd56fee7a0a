using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>The named classes of characters in the patterns of tokenizers, by Unicode.</summary>
internal static class CharacterClasses
{
    private static readonly Dictionary<string, Func<char, bool>> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["word"] = IsWord,
        ["space"] = char.IsWhiteSpace,
        ["white_space"] = char.IsWhiteSpace,
        ["digit"] = c => ShadowText.CategoryOf(c) == UnicodeCategory.DecimalDigitNumber,
        ["xdigit"] = char.IsAsciiHexDigit,
    };

    // In the order of UnicodeCategory.
    private static readonly string[] Categories =
        "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn".Split(' ');

    private static readonly string[] LongNames =
    [
        "Letter L", "Mark M", "Number N", "Punctuation P", "Symbol S", "Separator Z", "Other C", "Uppercase_Letter Lu", "Lowercase_Letter Ll",
        "Titlecase_Letter Lt", "Modifier_Letter Lm", "Other_Letter Lo", "Nonspacing_Mark Mn", "Spacing_Mark Mc", "Decimal_Number Nd",
        "Letter_Number Nl", "Other_Number No",
    ];

    /// <summary>Whether a character of a shadow belongs to a word as Oniguruma sees it.</summary>
    public static bool IsWord(char c) =>
        IsWord(ShadowText.CategoryOf(c)) || ShadowText.ScriptOf(c) == UnicodeScripts.Number(UnicodeScripts.CircledLetters);

    /// <summary>The same outside of brackets, where Oniguruma also counts the Latin-1 numbers ¹ ² ³ ¼ ½ ¾.</summary>
    public static bool IsLooseWord(char c) => c is '\u00b2' or '\u00b3' or '\u00b9' or (>= '\u00bc' and <= '\u00be') || IsWord(c);

    /// <summary>Whether a character belongs to a word as Rust's own patterns see it: that of Oniguruma, and the joiners.</summary>
    public static bool IsRustWord(Rune rune) => rune.Value is 0x200c or 0x200d || IsWord(Rune.GetUnicodeCategory(rune))
        || (rune.Value >= 0x24b6 && UnicodeScripts.Of(rune) == UnicodeScripts.Number(UnicodeScripts.CircledLetters));

    /// <summary>The class of a name such as L, Lu, Han or space; null where it is not known.</summary>
    public static Func<char, bool>? Find(string name)
    {
        foreach (string entry in LongNames)
        {
            if (entry.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase))
                name = entry[(name.Length + 1)..];
        }

        if (Named.TryGetValue(name, out Func<char, bool>? named))
            return named;
        // One letter stands for all the categories that begin with it.
        bool[] members = [.. Categories.Select(category =>
            name.Length is 1 or 2 && category.StartsWith(name, StringComparison.OrdinalIgnoreCase))];
        if (members.Contains(true))
            return c => members[(int)ShadowText.CategoryOf(c)];
        return UnicodeScripts.Number(name) is > 0 and var script ? c => ShadowText.ScriptOf(c) == script : null;
    }

    private static bool IsWord(UnicodeCategory category) => category is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation;
}
