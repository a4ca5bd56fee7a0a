namespace RailCluster.Scoring;

/// <summary>Reads one sum of numbers and operators, products before sums; brackets and powers are not read.</summary>
/// <param name="symbols">The symbols of a text.</param>
/// <param name="start">Where the sum begins.</param>
internal sealed class SumReader(List<SumSymbol> symbols, int start)
{
    /// <summary>Index of the next symbol.</summary>
    public int Index { get; private set; } = start;

    /// <summary>The value of two numbers or more that are put together; null for anything else.</summary>
    public double? Sum()
    {
        if (Share() is { } share) return share;
        if (Operand() is not { } first) return null;
        var (total, term, parts) = (0.0, first, 0);
        while (Operator() is { } sign)
        {
            if (Operand() is not { } next || Is(SumKind.Percent)) return null;
            (total, term) = sign switch { '*' => (total, term * next), '/' => (total, term / next), '+' => (total + term, next), _ => (total + term, -next) };
            parts++;
        }

        return parts > 0 && double.IsFinite(total + term) ? total + term : null;
    }

    /// <summary>The number behind the equals sign.</summary>
    public bool Result(out SumSymbol result)
    {
        Unit();
        result = default;
        if (!Is(SumKind.Equal) || Index + 1 >= symbols.Count || symbols[Index + 1].Kind != SumKind.Number) return false;
        result = symbols[Index + 1];
        Index += 2;
        return !(Index < symbols.Count && symbols[Index].Kind is SumKind.Operator or SumKind.Percent);
    }

    // "15 percent of 80".
    private double? Share()
    {
        if (Index + 3 >= symbols.Count || symbols[Index].Kind != SumKind.Number || symbols[Index + 1].Kind != SumKind.Percent
            || symbols[Index + 2] is not { Kind: SumKind.Other, Value: 1 } || symbols[Index + 3].Kind != SumKind.Number) return null;
        var value = symbols[Index].Value / 100 * symbols[Index + 3].Value;
        Index += 4;
        return value;
    }

    private double? Operand()
    {
        if (!Is(SumKind.Number)) return null;
        var value = symbols[Index++].Value;
        return value;
    }

    private char? Operator()
    {
        var before = Index;
        Unit();
        if (!Is(SumKind.Operator))
        {
            Index = before;
            return null;
        }

        var sign = (char)symbols[Index++].Value;
        if (Index < symbols.Count && symbols[Index] is { Kind: SumKind.Other, Value: 1 }) Index++;
        return sign;
    }

    // One word of a unit may stand behind a number.
    private void Unit()
    {
        if (Index + 1 < symbols.Count && symbols[Index] is { Kind: SumKind.Other, Value: 0 } unit && unit.End - unit.Start > 1
            && symbols[Index + 1].Kind is SumKind.Operator or SumKind.Equal) Index++;
    }

    private bool Is(SumKind kind) => Index < symbols.Count && symbols[Index].Kind == kind;
}
