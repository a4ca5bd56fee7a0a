namespace RailCluster.Scoring;

/// <summary>Check digits that tell real numbers from look-alikes.</summary>
internal static class Checksums
{
    /// <summary>Whether the digits of a text pass the check of payment cards.</summary>
    public static bool PassesLuhn(string text)
    {
        var (sum, digits, any) = (0, 0, false);
        for (var index = text.Length - 1; index >= 0; index--)
        {
            if (!char.IsAsciiDigit(text[index])) continue;
            var value = (text[index] - '0') * (digits % 2 == 0 ? 1 : 2);
            sum += value > 9 ? value - 9 : value;
            any |= value > 0;
            digits++;
        }

        return any && sum % 10 == 0;
    }

    /// <summary>Whether a text passes the check of international bank account numbers (remainder 1 of 97).</summary>
    public static bool PassesIban(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        if (plain.Length is < 15 or > 34) return false;
        var rest = 0;
        foreach (var symbol in plain[4..] + plain[..4])
        {
            if (!char.IsAsciiLetterOrDigit(symbol)) return false;
            rest = char.IsAsciiDigit(symbol) ? (rest * 10 + symbol - '0') % 97 : (rest * 100 + symbol - 'A' + 10) % 97;
        }

        return rest == 1;
    }
}
