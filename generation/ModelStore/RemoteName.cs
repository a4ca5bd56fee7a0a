using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Names of files in a remote folder, before they become paths of this machine.</summary>
internal static class RemoteName
{
    private const int Longest = 512;
    private const int LongestPart = 200;

    private static readonly string[] Reserved =
    [
        "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(digit => new[] { FormattableString.Invariant($"COM{digit}"), FormattableString.Invariant($"LPT{digit}") }),
    ];

    /// <summary>Whether a name is a plain relative one with <c>/</c> that means the same on every file system.</summary>
    public static bool IsPlain(string name) => name.Length is > 0 and <= Longest && name.Split('/').All(IsPlainPart);

    /// <summary>What is wrong with a name, to go behind what names it.</summary>
    public static string Refusal(string name) =>
        $"names the file '{SafeText.Line(name, Longest)}': names are relative, with '/', and without '..', '\\', ':' and the like";

    /// <summary>The name as a part of a URI.</summary>
    public static string Escape(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));

    private static bool IsPlainPart(string part) =>
        part.Length is > 0 and <= LongestPart
        && part is not ("." or "..")
        && !part.EndsWith('.') && !part.EndsWith(' ') && !part.StartsWith(' ')
        && !part.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|')
        && !Reserved.Contains(part.Split('.')[0].ToUpperInvariant());
}
