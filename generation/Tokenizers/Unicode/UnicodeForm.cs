using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// The Unicode normalisation forms. Written here because a process in invariant globalisation mode has no ICU, and there
/// <see cref="string.Normalize()"/> hands text back as it came, without a word.
/// </summary>
internal static class UnicodeForm
{
    // Hangul syllables compose by arithmetic (Unicode Standard, section 3.12).
    private const int SyllableBase = 0xac00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11a7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Tails = 28;
    private const int Syllables = Leads * Vowels * Tails;

    private static readonly Lazy<UnicodeFormTables> Table = new(UnicodeFormTables.Load);

    /// <summary>The text in form C, or KC where compatible characters are unified.</summary>
    public static string Compose(string text, bool compatible)
    {
        if (IsPlain(text, compatible))
            return text;
        List<int> codes = Decompose(text, Parts(compatible));
        Order(codes);
        return Write(Recompose(codes));
    }

    /// <summary>The text in form D, or KD where compatible characters are unified.</summary>
    public static string Decompose(string text, bool compatible)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u009f'))
            return text;
        List<int> codes = Decompose(text, Parts(compatible));
        Order(codes);
        return Write(codes);
    }

    // Nothing below U+0300 composes with anything or moves, and nothing below U+00A0 has a compatible form.
    private static bool IsPlain(string text, bool compatible) => !text.AsSpan().ContainsAnyExceptInRange('\0', compatible ? '\u009f' : '\u02ff');

    private static Dictionary<int, int[]> Parts(bool compatible) => compatible ? Table.Value.Compatible : Table.Value.Canonical;

    private static List<int> Decompose(string text, Dictionary<int, int[]> parts)
    {
        var codes = new List<int>(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
            Decompose(rune.Value, parts, codes);
        return codes;
    }

    private static void Decompose(int code, Dictionary<int, int[]> all, List<int> codes)
    {
        int syllable = code - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            codes.Add(LeadBase + syllable / (Vowels * Tails));
            codes.Add(VowelBase + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails > 0)
                codes.Add(TailBase + syllable % Tails);
        }
        else if (all.TryGetValue(code, out int[]? parts))
        {
            foreach (int part in parts)
                Decompose(part, all, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    // Marks after a starter are put in the order of their classes; equals keep theirs. Each run is sorted on its own, so that a
    // text of nothing but marks ends soon.
    private static void Order(List<int> codes)
    {
        UnicodeFormTables table = Table.Value;
        for (int start = 0; start < codes.Count; start++)
        {
            if (table.Class(codes[start]) == 0)
                continue;
            int end = start + 1;
            bool ordered = true;
            for (; end < codes.Count && table.Class(codes[end]) is > 0 and var rank; end++)
                ordered &= rank >= table.Class(codes[end - 1]);
            if (!ordered)
            {
                int at = start;
                foreach (int mark in codes.GetRange(start, end - start).OrderBy(table.Class))
                    codes[at++] = mark;
            }

            start = end;
        }
    }

    private static List<int> Recompose(List<int> codes)
    {
        var output = new List<int>(codes.Count);
        int starter = -1;
        int lastClass = 0;
        foreach (int code in codes)
        {
            int rank = Table.Value.Class(code);
            bool adjacent = starter == output.Count - 1;
            if (starter >= 0 && (adjacent || (lastClass < rank && lastClass > 0)) && Pair(output[starter], code) is { } composite)
            {
                output[starter] = composite;
                continue;
            }

            if (rank == 0)
                starter = output.Count;
            lastClass = rank;
            output.Add(code);
        }

        return output;
    }

    private static string Write(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        Span<char> halves = stackalloc char[2];
        foreach (int code in codes)
            text.Append(halves[..new Rune(code).EncodeToUtf16(halves)]);
        return text.ToString();
    }

    private static int? Pair(int first, int second)
    {
        int lead = first - LeadBase, vowel = second - VowelBase;
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels)
            return SyllableBase + (lead * Vowels + vowel) * Tails;
        int syllable = first - SyllableBase, tail = second - TailBase;
        if (syllable is >= 0 and < Syllables && syllable % Tails == 0 && tail is > 0 and < Tails)
            return first + tail;
        return Table.Value.Composites.TryGetValue((first, second), out int composite) ? composite : null;
    }
}
