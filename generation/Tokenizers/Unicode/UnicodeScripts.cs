using System.Text;

namespace RailCluster.Generation;

/// <summary>Which script a character belongs to, for patterns such as <c>\p{Han}</c>; .NET knows blocks only.</summary>
internal static class UnicodeScripts
{
    /// <summary>The alphabetic ones among symbols, which count as word characters.</summary>
    public const string CircledLetters = "CircledLetters";

    private static readonly Lazy<Tables> Table = new(Tables.Load);

    /// <summary>A script's number; 0 where the name is not known.</summary>
    public static int Number(string name) => Table.Value.Numbers.GetValueOrDefault(name);

    /// <summary>The number of a character's script; 0 for those of none that is known.</summary>
    public static int Of(int code)
    {
        Tables table = Table.Value;
        int at = Array.BinarySearch(table.Firsts, code);
        at = at < 0 ? ~at - 1 : at;
        return at >= 0 && code <= table.Lasts[at] ? table.Scripts[at] : 0;
    }

    /// <summary>The number of a character's script.</summary>
    public static int Of(Rune rune) => Of(rune.Value);

    private sealed record Tables(Dictionary<string, int> Numbers, int[] Firsts, int[] Lasts, int[] Scripts)
    {
        public static Tables Load()
        {
            var numbers = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
            var ranges = new List<(int First, int Last, int Script)>();
            foreach (string[] fields in UnicodeData.Lines("scripts.txt"))
            {
                if (!numbers.TryGetValue(fields[0], out int script))
                    numbers[fields[0]] = script = numbers.Count + 1;
                ranges.Add((UnicodeData.Hex(fields[1]), UnicodeData.Hex(fields[2]), script));
            }

            ranges.Sort();
            return new Tables(
                numbers,
                [.. ranges.Select(range => range.First)],
                [.. ranges.Select(range => range.Last)],
                [.. ranges.Select(range => range.Script)]);
        }
    }
}
