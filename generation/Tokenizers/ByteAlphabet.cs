using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// The alphabet of byte-level tokenizers: every byte stands as one printable character. Printable Latin-1 bytes stand for
/// themselves, the other 68 take the characters from U+0100 on, in byte order.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes = Characters.Select((c, i) => (c, i)).ToDictionary(pair => pair.c, pair => (byte)pair.i);

    /// <summary>The character that stands for a byte.</summary>
    public static char Character(byte value) => Characters[value];

    /// <summary>The bytes of a vocabulary entry; an entry with a character outside the alphabet is its own UTF-8.</summary>
    public static byte[] Decode(string token)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        }

        return bytes;
    }

    private static char[] Build()
    {
        var characters = new char[256];
        char next = '\u0100';
        for (int value = 0; value < 256; value++)
            characters[value] = value is >= '!' and <= '~' or >= 0xa1 and <= 0xac or >= 0xae ? (char)value : next++;
        return characters;
    }
}
