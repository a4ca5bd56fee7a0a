namespace RailCluster.Scoring;

/// <summary>Sums that an answer states, and those that the question asks for, worked out again.</summary>
/// <param name="Wrong">The first that does not come out; null for none.</param>
/// <param name="Right">The first that comes out; null for none.</param>
internal sealed record Reckoning(Span? Wrong, Span? Right)
{
    private const double Slack = 0.003;

    /// <summary>Works out again what can be worked out.</summary>
    /// <param name="prompt">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    public static Reckoning Of(string prompt, string answer)
    {
        var symbols = SumSymbol.Read(answer);
        var (wrong, right) = Stated(answer, symbols);
        if (SumAsked.Result(prompt) is { } asked && symbols.FindLast(symbol => symbol.Kind == SumKind.Number) is { Kind: SumKind.Number } last)
        {
            var given = SumSymbol.Read(prompt).Exists(symbol => symbol.Kind == SumKind.Number && Math.Abs(symbol.Value - asked) < 1e-9);
            var found = given ? last : symbols.Find(symbol => symbol.Kind == SumKind.Number && Same(symbol.Value, asked, symbol.Decimals));
            if (found.Kind == SumKind.Number && Same(found.Value, asked, found.Decimals)) right ??= Place(answer, found.Start, found.End);
            else wrong ??= Place(answer, last.Start, last.End);
        }

        return new Reckoning(wrong ?? SumAsked.WrongPrime(prompt, answer) ?? ImpossibleClock(answer), wrong is null ? right : null);
    }

    private static (Span? Wrong, Span? Right) Stated(string answer, List<SumSymbol> symbols)
    {
        var (wrong, right) = ((Span?)null, (Span?)null);
        for (var index = 0; index < symbols.Count; index++)
        {
            if (index > 0 && symbols[index - 1].Kind is SumKind.Operator or SumKind.Percent) continue;
            var reader = new SumReader(symbols, index);
            if (reader.Sum() is not { } value || !reader.Result(out var result)) continue;
            var place = Place(answer, symbols[index].Start, result.End);
            if (Same(result.Value, value, result.Decimals)) right ??= place;
            else wrong ??= place;
            index = reader.Index - 1;
        }

        return (wrong, right);
    }

    private static bool Same(double stated, double worked, int decimals) =>
        Math.Abs(stated - worked) <= Math.Max(0.5001 * Math.Pow(10, -decimals), Math.Abs(worked) * Slack);

    // A clock has no minute 85.
    private static Span? ImpossibleClock(string text)
    {
        for (var index = text.IndexOf(':', StringComparison.Ordinal); index > 0; index = text.IndexOf(':', index + 1))
        {
            if (index + 2 >= text.Length || !char.IsAsciiDigit(text[index - 1]) || text[index + 1] is < '6' or > '9' || !char.IsAsciiDigit(text[index + 2])) continue;
            if (index + 3 < text.Length && char.IsAsciiLetterOrDigit(text[index + 3])) continue;
            return Place(text, index - 1, index + 3);
        }

        return null;
    }

    private static Span Place(string text, int start, int end) => new(start, text[start..end]);
}
