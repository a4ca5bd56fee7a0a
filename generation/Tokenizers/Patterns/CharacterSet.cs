using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>A set of the characters of a <see cref="ShadowText"/>, computed bit for bit, and written as a class that .NET reads.</summary>
internal sealed class CharacterSet
{
    private const int Size = 0x1_0000;

    private readonly ulong[] _bits = new ulong[Size / 64];

    /// <summary>The characters that a question says yes to.</summary>
    public static CharacterSet Where(Func<char, bool> holds)
    {
        var set = new CharacterSet();
        for (int c = 0; c < Size; c++)
        {
            if (holds((char)c))
                set.Add((char)c);
        }

        return set;
    }

    /// <summary>Whether a character is in it.</summary>
    public bool Contains(char c) => (_bits[c >> 6] >> (c & 63) & 1) != 0;

    /// <summary>Adds a character.</summary>
    public void Add(char c) => _bits[c >> 6] |= 1UL << (c & 63);

    /// <summary>Adds what another holds.</summary>
    public void Add(CharacterSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }

    /// <summary>Keeps what another holds as well.</summary>
    public void Intersect(CharacterSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] &= other._bits[i];
    }

    /// <summary>Turns it into all the others.</summary>
    public CharacterSet Invert()
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] = ~_bits[i];
        return this;
    }

    /// <summary>Adds, for each of its characters, those that differ from it in case alone.</summary>
    public void AddOtherCases()
    {
        var folded = new HashSet<char>();
        for (int c = 0; c < Size; c++)
        {
            if (Contains((char)c) && char.IsLetter((char)c))
                folded.Add(Fold((char)c));
        }

        for (int c = 0; folded.Count > 0 && c < Size; c++)
        {
            if (folded.Contains(Fold((char)c)))
                Add((char)c);
        }
    }

    /// <summary>Writes it in .NET's notation.</summary>
    public void Write(StringBuilder output)
    {
        output.Append('[');
        bool any = false;
        for (int c = 0; c < Size; c++)
        {
            if (!Contains((char)c))
                continue;
            int first = c;
            while (c + 1 < Size && Contains((char)(c + 1)))
                c++;
            Write(output, (char)first);
            if (c > first)
                Write(output.Append('-'), (char)c);
            any = true;
        }

        // A class of nothing: any character, and not any.
        output.Append(any ? "]" : @"\s-[\s]]");
    }

    private static void Write(StringBuilder output, char c) => output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");

    private static char Fold(char c) => c == 'ſ' ? 's' : char.ToLowerInvariant(char.ToUpperInvariant(c));
}
