using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Storage;

/// <summary>Where a grain's state rests: <c>state/{service}/{state name}/{grain type}/{grain key}</c>, each part made safe for an object key.</summary>
internal static class GrainStateKey
{
    // Four parts of this length and their separators stay within an object key.
    private const int LongestPart = 240;
    private const int KeptOfLongPart = 120;

    // Neither can come out of escaping, so what stands for an empty or a long part is never another part's text.
    private const string Empty = "%";
    private const char HashMark = '~';

    /// <summary>The key; two different states never share one.</summary>
    public static string Of(string serviceId, string stateName, GrainId grain) =>
        $"state/{Part(Encoding.UTF8.GetBytes(serviceId))}/{Part(Encoding.UTF8.GetBytes(stateName))}"
        + $"/{Part(grain.Type.AsSpan())}/{Part(grain.Key.AsSpan())}";

    private static string Part(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return Empty;
        var escaped = Escape(bytes);
        return escaped.Length <= LongestPart
            ? escaped
            : $"{escaped[..KeptOfLongPart]}{HashMark}{Convert.ToHexStringLower(SHA256.HashData(bytes))}";
    }

    private static string Escape(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes)
        {
            // A leading dot is escaped, so that no part is "." or "..".
            var kept = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' || (value == '.' && text.Length > 0);
            if (kept) text.Append((char)value);
            else text.Append('%').Append(value.ToString("X2", null));
        }

        return text.ToString();
    }
}
