using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>What the normalizers that work character by character write.</summary>
internal static class CharacterMaps
{
    /// <summary>Lower case, each character by itself. Only İ becomes two.</summary>
    public static string? Lower(Rune rune)
    {
        if (rune.Value == 0x130)
            return "i\u0307";
        Rune lower = Rune.ToLowerInvariant(rune);
        return lower == rune ? null : lower.ToString();
    }

    /// <summary>Leaves out marks of any kind.</summary>
    public static string? WithoutMarks(Rune rune) => UnicodeSet.Marks.Contains(rune.Value) ? "" : null;

    /// <summary>Leaves out marks that take no room.</summary>
    public static string? WithoutAccents(Rune rune) => UnicodeSet.Accents.Contains(rune.Value) ? "" : null;

    /// <summary>Leaves out control characters and U+FFFD, and writes white space as spaces, as BERT does.</summary>
    public static string? Clean(Rune rune)
    {
        if (rune.Value is '\t' or '\n' or '\r')
            return " ";
        if (rune.Value is 0 or 0xfffd || IsOther(Rune.GetUnicodeCategory(rune)))
            return "";
        return Rune.IsWhiteSpace(rune) && rune.Value != ' ' ? " " : null;
    }

    /// <summary>Sets spaces around Chinese characters.</summary>
    public static string? SpaceChinese(Rune rune) => rune.Value
        is (>= 0x4e00 and <= 0x9fff) or (>= 0x3400 and <= 0x4dbf) or (>= 0x20000 and <= 0x2a6df) or (>= 0x2a700 and <= 0x2b73f)
        or (>= 0x2b740 and <= 0x2b81f) or (>= 0x2b920 and <= 0x2ceaf) or (>= 0xf900 and <= 0xfaff) or (>= 0x2f800 and <= 0x2fa1f)
        ? $" {rune} "
        : null;

    /// <summary>Leaves out control characters and writes what looks like space as a space, as the NMT models of SentencePiece do.</summary>
    public static string? Nmt(Rune rune) => rune.Value switch
    {
        (>= 0x1 and <= 0x8) or 0xb or (>= 0xe and <= 0x1f) or 0x7f or 0x8f or 0x9f => "",
        0x9 or 0xa or 0xc or 0xd or 0x1680 or (>= 0x200b and <= 0x200f) or 0x2028 or 0x2029 or 0x2581 or 0xfeff or 0xfffd => " ",
        _ => null,
    };

    // Characters that Unicode has not assigned stay.
    private static bool IsOther(UnicodeCategory category) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;
}
