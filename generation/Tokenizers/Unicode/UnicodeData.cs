using System.Globalization;

namespace RailCluster.Generation;

/// <summary>Reads the tables that lie in the assembly.</summary>
internal static class UnicodeData
{
    /// <summary>The fields of each line; lines that begin with # are left out.</summary>
    public static IEnumerable<string[]> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(UnicodeData).Assembly.GetManifestResourceStream(resource)!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                yield return line.Split(' ');
        }
    }

    /// <summary>A hexadecimal number.</summary>
    public static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
