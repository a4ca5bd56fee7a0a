using System.Buffers;

namespace RailCluster.Scoring;

/// <summary>What a text must hold for a form of personal data to be in it: a form that cannot match is neither built nor run.</summary>
internal static class FormHints
{
    private static readonly SearchValues<string> Birth = SearchValues.Create(["born", "birth", "dob"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Secret = SearchValues.Create(
        ["sk-", "sk_", "pk-", "pk_", "ghp", "gho", "rail", "xox", "AKIA", "password", "passcode", "pin", "-----"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text may hold the form.</summary>
    /// <param name="kind">Such as <c>phone</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="digits">How many digits it has.</param>
    public static bool MayHold(string kind, string text, int digits) => kind switch
    {
        "e-mail" => text.Contains('@', StringComparison.Ordinal),
        "card" => digits >= 13,
        "phone" => digits >= 7,
        "national id" or "bank account" => digits >= 6,
        "birth date" => digits > 0 && text.AsSpan().ContainsAny(Birth),
        "secret" => text.AsSpan().ContainsAny(Secret) && (digits > 0 || text.Contains("-----", StringComparison.Ordinal)),
        _ => digits > 0,
    };
}
