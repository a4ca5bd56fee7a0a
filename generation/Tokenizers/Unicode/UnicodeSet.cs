namespace RailCluster.Generation;

/// <summary>A set of characters as the reference library knows it, which is that of an older version of Unicode than .NET's.</summary>
internal sealed class UnicodeSet
{
    private static readonly Lazy<ILookup<string, (int First, int Last)>> Table = new(() => UnicodeData.Lines("sets.txt")
        .ToLookup(fields => fields[0], fields => (UnicodeData.Hex(fields[1]), UnicodeData.Hex(fields[2]))));

    private readonly int[] _firsts;
    private readonly int[] _lasts;

    private UnicodeSet(string name) =>
        (_firsts, _lasts) = ([.. Table.Value[name].Select(range => range.First)], [.. Table.Value[name].Select(range => range.Last)]);

    /// <summary>Punctuation.</summary>
    public static UnicodeSet Punctuation { get; } = new("Punctuation");

    /// <summary>Marks of any kind.</summary>
    public static UnicodeSet Marks { get; } = new("Marks");

    /// <summary>Marks that take no room.</summary>
    public static UnicodeSet Accents { get; } = new("Accents");

    /// <summary>Whether a character is in it.</summary>
    public bool Contains(int code)
    {
        int at = Array.BinarySearch(_firsts, code);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && code <= _lasts[at];
    }
}
