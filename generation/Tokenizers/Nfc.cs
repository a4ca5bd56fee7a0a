using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Unicode normalisation form C. Written here because a process in invariant globalisation mode has no ICU, and there
/// <see cref="string.Normalize()"/> hands text back as it came, without a word.
/// </summary>
internal static class Nfc
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

    private static readonly Lazy<Tables> Table = new(Tables.Load);

    /// <summary>The text in form C.</summary>
    public static string Compose(string text)
    {
        // Nothing below U+0300 composes with anything or moves.
        if (!text.AsSpan().ContainsAnyExceptInRange('\0', '\u02ff'))
            return text;
        List<int> codes = Decompose(text);
        Order(codes);
        return Recompose(codes);
    }

    private static List<int> Decompose(string text)
    {
        var codes = new List<int>(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
            Decompose(rune.Value, codes);
        return codes;
    }

    private static void Decompose(int code, List<int> codes)
    {
        int syllable = code - SyllableBase;
        if (syllable is >= 0 and < Syllables)
        {
            codes.Add(LeadBase + syllable / (Vowels * Tails));
            codes.Add(VowelBase + syllable % (Vowels * Tails) / Tails);
            if (syllable % Tails > 0)
                codes.Add(TailBase + syllable % Tails);
        }
        else if (Table.Value.Parts.TryGetValue(code, out int[]? parts))
        {
            foreach (int part in parts)
                Decompose(part, codes);
        }
        else
        {
            codes.Add(code);
        }
    }

    // Marks after a starter are put in the order of their classes; equals keep theirs.
    private static void Order(List<int> codes)
    {
        for (int i = 1; i < codes.Count; i++)
        {
            int mark = codes[i];
            int rank = Table.Value.Class(mark);
            int at = i;
            while (rank > 0 && at > 0 && Table.Value.Class(codes[at - 1]) > rank)
            {
                codes[at] = codes[at - 1];
                at--;
            }

            codes[at] = mark;
        }
    }

    private static string Recompose(List<int> codes)
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

        var text = new StringBuilder(output.Count);
        foreach (int code in output)
            text.Append(new Rune(code).ToString());
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

    private sealed record Tables(Dictionary<int, int[]> Parts, Dictionary<(int, int), int> Composites, Dictionary<int, int> Classes)
    {
        public int Class(int code) => Classes.GetValueOrDefault(code);

        public static Tables Load()
        {
            var tables = new Tables([], [], []);
            using var reader = new StreamReader(typeof(Nfc).Assembly.GetManifestResourceStream("nfc.txt")!);
            while (reader.ReadLine() is { } line)
            {
                if (!line.StartsWith('#'))
                    tables.Add(line.Split(' '));
            }

            return tables;
        }

        private void Add(string[] fields)
        {
            if (fields[1] is not ("=" or "!"))
            {
                for (int code = Hex(fields[1]); code <= Hex(fields[2]); code++)
                    Classes[code] = int.Parse(fields[0], CultureInfo.InvariantCulture);
                return;
            }

            int[] parts = [.. fields[2..].Select(Hex)];
            Parts[Hex(fields[0])] = parts;
            if (fields[1] == "=")
                Composites[(parts[0], parts[1])] = Hex(fields[0]);
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
