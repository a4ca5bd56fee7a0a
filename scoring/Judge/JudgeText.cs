using System.Globalization;
using System.Text;

namespace RailCluster.Scoring;

/// <summary>
/// Writes text of strangers as a JSON string that says nothing but itself: one line, no invisible characters, and nothing that a tokenizer could take
/// for the start of a turn. Any JSON reader gets the text back; only broken surrogates become U+FFFD.
/// </summary>
internal static class JudgeText
{
    // Look like nothing, or change what stands before them, and are no format characters by category.
    private static readonly HashSet<int> Unseen = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0];

    /// <summary>The text in quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 16).Append('"');
        var at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsPlain(rune, text, at))
                quoted.Append(rune);
            else
                Escape(quoted, rune);
            // A broken surrogate is one unit wide, as the character is that stands in for it.
            at += rune.Utf16SequenceLength;
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>Whether the text holds what no reader would see, or what a chat template is made of.</summary>
    public static bool IsSuspicious(string text)
    {
        var at = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsTag(rune) || IsReordering(rune) || (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t')) || IsRole(rune, text, at))
                return true;
            at += rune.Utf16SequenceLength;
        }

        return false;
    }

    private static bool IsPlain(Rune rune, string text, int at) => rune.Value switch
    {
        '"' or '\\' or '<' or '>' => false,
        '[' => !IsBracketRole(text, at),
        '#' => !Next(text, at, '#'),
        '`' => !(Next(text, at, '`') && Next(text, at + 1, '`')),
        _ => !IsUnseen(rune),
    };

    // Special tokens of Mistral and Llama 2: [INST], [/INST], [TOOL_CALLS] and the like. All others have angle brackets, which never pass.
    private static bool IsBracketRole(string text, int at)
    {
        int from = at + 1 + (Next(text, at, '/') ? 1 : 0), to = from;
        while (to < text.Length && text[to] is (>= 'A' and <= 'Z') or '_')
            to++;
        return to - from >= 2 && to < text.Length && text[to] == ']';
    }

    private static bool IsRole(Rune rune, string text, int at) => rune.Value switch
    {
        '<' => Next(text, at, '|') || Next(text, at, '\uFF5C') || Next(text, at, '<') || text.AsSpan(at).StartsWith("<start_of_turn>", StringComparison.Ordinal)
            || text.AsSpan(at).StartsWith("<end_of_turn>", StringComparison.Ordinal),
        '[' => IsBracketRole(text, at) && text.AsSpan(at).Contains("INST]", StringComparison.Ordinal),
        _ => false,
    };

    private static bool Next(string text, int at, char next) => at + 1 < text.Length && text[at + 1] == next;

    private static bool IsUnseen(Rune rune) => Unseen.Contains(rune.Value) || IsVariation(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsVariation(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F);

    private static bool IsTag(Rune rune) => rune.Value is >= 0xE0000 and <= 0xE01EF;

    private static bool IsReordering(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static void Escape(StringBuilder quoted, Rune rune)
    {
        switch (rune.Value)
        {
            case '"' or '\\':
                quoted.Append('\\').Append((char)rune.Value);
                break;
            case '\n':
                quoted.Append("\\n");
                break;
            case '\r':
                quoted.Append("\\r");
                break;
            case '\t':
                quoted.Append("\\t");
                break;
            default:
                foreach (char unit in rune.ToString())
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                break;
        }
    }
}
