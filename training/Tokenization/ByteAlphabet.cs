namespace RailCluster.Training;

/// <summary>GPT-2's one printable character for each of the 256 byte values (a space becomes "Ġ").</summary>
public static class ByteAlphabet
{
    private static readonly char[] Characters = Build();
    private static readonly Dictionary<char, byte> Bytes =
        Enumerable.Range(0, 256).ToDictionary(value => Characters[value], value => (byte)value);

    /// <summary>The character that stands for a byte.</summary>
    public static char ToCharacter(byte value) => Characters[value];

    /// <summary>The byte that a character stands for.</summary>
    public static byte ToByte(char character) => Bytes[character];

    private static char[] Build()
    {
        var characters = new char[256];
        var spare = 256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(printable ? value : spare++);
        }
        return characters;
    }
}
