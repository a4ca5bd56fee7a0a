using System.Text;

namespace RailCluster.Training;

/// <summary>GPT-2's way to write any byte as a visible character: printable Latin-1 as itself, the rest from U+0100 on.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] ToChar = Build();
    private static readonly Dictionary<char, byte> FromChar = ToChar.Select((letter, value) => (letter, value)).ToDictionary(p => p.letter, p => (byte)p.value);

    /// <summary>The 256 characters in the order of their code points.</summary>
    public static IEnumerable<string> Letters() => ToChar.Order().Select(letter => letter.ToString());

    public static string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => ToChar[value]));

    public static string Decode(string letters) => Encoding.UTF8.GetString([.. letters.Select(letter => FromChar[letter])]);

    private static char[] Build()
    {
        var letters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE;
            letters[value] = (char)(printable ? value : next++);
        }

        return letters;
    }
}
