namespace RailCluster.Scoring;

/// <summary>What a question with numbers in it asks for, where that is plain: a share, a sum, a discount, an equal split, a prime.</summary>
internal static class SumAsked
{
    private const int LargestPrime = 100_000_000;

    /// <summary>The number asked for; null where none is plain.</summary>
    public static double? Result(string prompt)
    {
        var symbols = SumSymbol.Read(prompt);
        if (symbols.Count == 0 || !prompt.Contains('?', StringComparison.Ordinal)) return null;
        var numbers = symbols.Where(symbol => symbol.Kind == SumKind.Number).ToArray();
        return Shares(symbols, numbers.Length) ?? Discount(prompt, symbols, numbers) ?? Split(prompt, numbers) ?? Plain(symbols, numbers.Length);
    }

    /// <summary>An answer that says yes or no wrongly to whether a number is prime.</summary>
    public static Span? WrongPrime(string prompt, string answer)
    {
        if (!prompt.Contains("prime", StringComparison.OrdinalIgnoreCase) || !prompt.StartsWith("Is ", StringComparison.OrdinalIgnoreCase)) return null;
        var numbers = SumSymbol.Read(prompt).Where(symbol => symbol.Kind == SumKind.Number).ToArray();
        if (numbers.Length != 1 || numbers[0].Decimals > 0 || numbers[0].Value > LargestPrime) return null;
        var said = answer.StartsWith("Yes", StringComparison.OrdinalIgnoreCase) ? true : answer.StartsWith("No", StringComparison.OrdinalIgnoreCase) ? false : (bool?)null;
        return said is { } yes && yes != IsPrime((int)numbers[0].Value) ? new Span(0, answer[..(yes ? 3 : 2)]) : null;
    }

    // "20 percent of 20 percent of 500".
    private static double? Shares(List<SumSymbol> symbols, int count)
    {
        var (value, index, shares) = (1.0, symbols.FindIndex(symbol => symbol.Kind == SumKind.Number), 0);
        while (index >= 0 && index + 3 < symbols.Count && symbols[index].Kind == SumKind.Number && symbols[index + 1].Kind == SumKind.Percent && symbols[index + 2].Value == 1)
        {
            value *= symbols[index].Value / 100;
            (index, shares) = (index + 3, shares + 1);
        }

        return shares > 0 && shares + 1 == count && symbols[index].Kind == SumKind.Number ? value * symbols[index].Value : null;
    }

    private static double? Discount(string prompt, List<SumSymbol> symbols, SumSymbol[] numbers)
    {
        if (numbers.Length != 2 || !(prompt.Contains(" off", StringComparison.Ordinal) || prompt.Contains("discount", StringComparison.Ordinal))) return null;
        var percent = symbols.FindIndex(symbol => symbol.Kind == SumKind.Percent);
        if (percent < 1 || symbols[percent - 1].Kind != SumKind.Number) return null;
        var rate = symbols[percent - 1];
        var price = numbers[0].Start == rate.Start ? numbers[1] : numbers[0];
        return price.Value * (1 - rate.Value / 100);
    }

    private static double? Split(string prompt, SumSymbol[] numbers)
    {
        if (numbers.Length != 2 || numbers[1].Value == 0) return null;
        var splits = prompt.Contains("split", StringComparison.OrdinalIgnoreCase) || prompt.Contains("share", StringComparison.OrdinalIgnoreCase);
        return splits && prompt.Contains(" each", StringComparison.OrdinalIgnoreCase)
            ? Math.Max(numbers[0].Value, numbers[1].Value) / Math.Min(numbers[0].Value, numbers[1].Value) : null;
    }

    private static double? Plain(List<SumSymbol> symbols, int count)
    {
        var first = symbols.FindIndex(symbol => symbol.Kind == SumKind.Number);
        if (first < 0) return null;
        var reader = new SumReader(symbols, first);
        return reader.Sum() is { } value && symbols.Skip(reader.Index).All(symbol => symbol.Kind != SumKind.Number) && count >= 2 ? value : null;
    }

    private static bool IsPrime(int number)
    {
        for (var divisor = 2; (long)divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0) return false;
        }

        return number > 1;
    }
}
