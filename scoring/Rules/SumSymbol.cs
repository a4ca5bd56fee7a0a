using System.Globalization;

namespace RailCluster.Scoring;

/// <summary>What a symbol of a sum is.</summary>
internal enum SumKind
{
    /// <summary>Any other word, or the end of a sentence.</summary>
    Other,

    /// <summary>A number, in digits or in words up to a hundred.</summary>
    Number,

    /// <summary>One of + - * /.</summary>
    Operator,

    /// <summary>"Percent of".</summary>
    Percent,

    /// <summary>"Is", "makes", "=".</summary>
    Equal,
}

/// <summary>A number, an operator or a word of a text, as sums are read.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Value">Of a number; of an operator, its character.</param>
/// <param name="Decimals">Digits behind the point of a number.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index behind its last.</param>
internal readonly record struct SumSymbol(SumKind Kind, double Value, int Decimals, int Start, int End)
{
    private static readonly Dictionary<string, double> Words = new (string Word, double Value)[]
    {
        ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9), ("ten", 10), ("eleven", 11),
        ("twelve", 12), ("fifteen", 15), ("twenty", 20), ("thirty", 30), ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70),
        ("eighty", 80), ("ninety", 90),
    }.ToDictionary(pair => pair.Word, pair => pair.Value, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, (SumKind Kind, char Sign)> Signs = new (string Word, SumKind Kind, char Sign)[]
    {
        ("plus", SumKind.Operator, '+'), ("minus", SumKind.Operator, '-'), ("times", SumKind.Operator, '*'), ("x", SumKind.Operator, '*'),
        ("divided", SumKind.Operator, '/'), ("multiplied", SumKind.Operator, '*'), ("is", SumKind.Equal, '='), ("are", SumKind.Equal, '='),
        ("makes", SumKind.Equal, '='), ("gives", SumKind.Equal, '='), ("equals", SumKind.Equal, '='), ("percent", SumKind.Percent, '%'),
    }.ToDictionary(entry => entry.Word, entry => (entry.Kind, entry.Sign), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, double>.AlternateLookup<ReadOnlySpan<char>> WordLookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<string, (SumKind Kind, char Sign)>.AlternateLookup<ReadOnlySpan<char>> SignLookup =
        Signs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The symbols of a text; none where it has no digit.</summary>
    public static List<SumSymbol> Read(string text)
    {
        var symbols = new List<SumSymbol>();
        if (text.AsSpan().IndexOfAnyInRange('0', '9') < 0) return symbols;
        for (var index = 0; index < text.Length;)
        {
            var symbol = char.IsAsciiDigit(text[index]) ? Digits(text, index)
                : char.IsLetter(text[index]) ? Word(text, index)
                : Sign(text, index);
            if (symbol is { } found) symbols.Add(found);
            index = symbol?.End ?? index + 1;
        }

        return symbols;
    }

    private static SumSymbol Digits(string text, int start)
    {
        var (end, point) = (start, -1);
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            if (text[end] == '.') point = point < 0 ? end : int.MaxValue;
            end++;
        }

        var joined = end < text.Length && (char.IsLetter(text[end]) || text[end] is ':' or '/' or '-' or '^')
            || (start > 0 && (text[start - 1] is ':' or '/' or '-' or '^' || char.IsLetter(text[start - 1])));
        var number = text.AsSpan(start, end - start).ToString().Replace(",", "", StringComparison.Ordinal);
        if (joined || point == int.MaxValue || !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return new SumSymbol(SumKind.Other, 0, 0, start, end);
        return new SumSymbol(SumKind.Number, value, point < 0 ? 0 : end - point - 1, start, end);
    }

    private static SumSymbol? Word(string text, int start)
    {
        var end = start + 1;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        var word = text.AsSpan(start, end - start);
        if (WordLookup.TryGetValue(word, out var value)) return new SumSymbol(SumKind.Number, value, 0, start, end);
        if (SignLookup.TryGetValue(word, out var sign)) return new SumSymbol(sign.Kind, sign.Sign, 0, start, end);
        return new SumSymbol(SumKind.Other, word is "by" or "of" ? 1 : 0, 0, start, end);
    }

    private static SumSymbol? Sign(string text, int index)
    {
        var apart = index > 0 && index + 1 < text.Length && text[index - 1] == ' ' && text[index + 1] == ' ';
        return text[index] switch
        {
            '\u00D7' or '*' => new SumSymbol(SumKind.Operator, '*', 0, index, index + 1),
            '+' => new SumSymbol(SumKind.Operator, '+', 0, index, index + 1),
            '\u00F7' => new SumSymbol(SumKind.Operator, '/', 0, index, index + 1),
            '\u2212' => new SumSymbol(SumKind.Operator, '-', 0, index, index + 1),
            '-' when apart => new SumSymbol(SumKind.Operator, '-', 0, index, index + 1),
            '/' when apart => new SumSymbol(SumKind.Operator, '/', 0, index, index + 1),
            '=' => new SumSymbol(SumKind.Equal, '=', 0, index, index + 1),
            '%' => new SumSymbol(SumKind.Percent, '%', 0, index, index + 1),
            '.' or '!' or '?' or ';' or ':' or '\n' or '(' or ')' or '^' or ',' => new SumSymbol(SumKind.Other, 0, 0, index, index + 1),
            _ => null,
        };
    }
}
