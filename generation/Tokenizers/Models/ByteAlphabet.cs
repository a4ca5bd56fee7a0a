using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// The alphabet of byte-level tokenizers: every byte stands as one printable character. Printable Latin-1 bytes stand for
/// themselves, the other 68 take the characters from U+0100 on, in byte order.
/// </summary>
internal static class ByteAlphabet
{
    private const int Spare = 0x100;
    private const int Spares = 68;

    private static readonly char[] Characters = Build();
    private static readonly short[] Bytes = Invert();

    /// <summary>The character that stands for a byte.</summary>
    public static char Character(byte value) => Characters[value];

    /// <summary>The byte that a character stands for; negative where it stands for none.</summary>
    public static int Byte(char c) => c < Bytes.Length ? Bytes[c] : -1;

    /// <summary>A text's UTF-8, byte for byte.</summary>
    public static string Encode(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return string.Create(bytes.Length, bytes, static (characters, bytes) =>
        {
            for (int i = 0; i < bytes.Length; i++)
                characters[i] = Characters[bytes[i]];
        });
    }

    private static char[] Build()
    {
        var characters = new char[256];
        char next = (char)Spare;
        for (int value = 0; value < 256; value++)
            characters[value] = value is >= '!' and <= '~' or >= 0xa1 and <= 0xac or >= 0xae ? (char)value : next++;
        return characters;
    }

    private static short[] Invert()
    {
        short[] bytes = new short[Spare + Spares];
        Array.Fill(bytes, (short)-1);
        for (int value = 0; value < 256; value++)
            bytes[Characters[value]] = (short)value;
        return bytes;
    }
}
