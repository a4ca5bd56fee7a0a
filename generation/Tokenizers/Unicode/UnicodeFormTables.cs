using System.Globalization;

namespace RailCluster.Generation;

/// <summary>What <see cref="UnicodeForm"/> needs to know of each character, read from <c>forms.txt</c>.</summary>
/// <param name="Canonical">Parts of canonical decompositions, one step.</param>
/// <param name="Compatible">The same, with compatibility decompositions.</param>
/// <param name="Composites">What two characters compose to.</param>
/// <param name="Classes">Combining classes other than 0.</param>
internal sealed record UnicodeFormTables(
    Dictionary<int, int[]> Canonical,
    Dictionary<int, int[]> Compatible,
    Dictionary<(int, int), int> Composites,
    Dictionary<int, int> Classes)
{
    /// <summary>A character's combining class.</summary>
    public int Class(int code) => code < 0x300 ? 0 : Classes.GetValueOrDefault(code);

    /// <summary>Reads the table.</summary>
    public static UnicodeFormTables Load()
    {
        var tables = new UnicodeFormTables([], [], [], []);
        foreach (string[] fields in UnicodeData.Lines("forms.txt"))
            tables.Add(fields);
        return tables;
    }

    private void Add(string[] fields)
    {
        if (fields[1] is not ("=" or "!" or "~"))
        {
            for (int code = UnicodeData.Hex(fields[1]); code <= UnicodeData.Hex(fields[2]); code++)
                Classes[code] = int.Parse(fields[0], CultureInfo.InvariantCulture);
            return;
        }

        int code0 = UnicodeData.Hex(fields[0]);
        int[] parts = [.. fields[2..].Select(UnicodeData.Hex)];
        Compatible[code0] = parts;
        if (fields[1] != "~")
            Canonical[code0] = parts;
        if (fields[1] == "=")
            Composites[(parts[0], parts[1])] = code0;
    }
}
