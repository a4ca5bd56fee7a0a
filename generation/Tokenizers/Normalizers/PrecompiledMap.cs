using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// SentencePiece's precompiled character map: a double-array trie of UTF-8 keys (in the layout of Darts-clone) and the texts they
/// become, each closed by a zero byte. Grapheme clusters of fewer than six bytes are looked up as a whole, then their characters.
/// </summary>
internal sealed class PrecompiledMap : TextNormalizer
{
    private const int LongestCluster = 6;

    private readonly uint[] _units;
    private readonly byte[] _texts;

    /// <summary>Reads a map.</summary>
    /// <param name="map">The size of the trie in bytes, the trie, and the texts.</param>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public PrecompiledMap(ReadOnlySpan<byte> map)
    {
        uint size = map.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(map) : 0;
        if (size < 4 || size % 4 != 0 || size > map.Length - 4)
            throw new InvalidDataException("tokenizer.json has a Precompiled whose precompiled_charsmap is cut short");
        _units = new uint[size / 4];
        for (int i = 0; i < _units.Length; i++)
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(map[(4 + i * 4)..]);
        _texts = map[(4 + (int)size)..].ToArray();
    }

    /// <inheritdoc/>
    public override string Apply(string text)
    {
        var output = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        while (rest.Length > 0)
        {
            ReadOnlySpan<char> cluster = rest[..StringInfo.GetNextTextElementLength(rest)];
            if (!TryWrite(cluster, output))
                WriteCharacters(cluster, output);
            rest = rest[cluster.Length..];
        }

        return output.ToString();
    }

    private void WriteCharacters(ReadOnlySpan<char> cluster, StringBuilder output)
    {
        foreach (Rune rune in cluster.EnumerateRunes())
        {
            ReadOnlySpan<char> character = cluster[..rune.Utf16SequenceLength];
            if (!TryWrite(character, output))
                output.Append(character);
            cluster = cluster[rune.Utf16SequenceLength..];
        }
    }

    private bool TryWrite(ReadOnlySpan<char> key, StringBuilder output)
    {
        Span<byte> bytes = stackalloc byte[LongestCluster];
        if (key.Length >= LongestCluster || !Encoding.UTF8.TryGetBytes(key, bytes, out int length) || length >= LongestCluster
            || Find(bytes[..length]) is not { } at)
            return false;
        ReadOnlySpan<byte> text = _texts.AsSpan(Math.Min(at, _texts.Length));
        int end = text.IndexOf((byte)0);
        output.Append(Encoding.UTF8.GetString(end < 0 ? text : text[..end]));
        return true;
    }

    // The shortest prefix of the key that the trie holds, as the reference does. A damaged trie may point outside itself.
    private int? Find(ReadOnlySpan<byte> key)
    {
        uint at = Offset(_units[0]);
        foreach (byte c in key)
        {
            at ^= c;
            if (c == 0 || at >= _units.Length)
                return null;
            uint unit = _units[at];
            if ((unit & 0x8000_00ff) != c)
                return null;
            at ^= Offset(unit);
            if ((unit & 0x100) != 0)
                return at < _units.Length ? (int)(_units[at] & 0x7fff_ffff) : null;
        }

        return null;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);
}
