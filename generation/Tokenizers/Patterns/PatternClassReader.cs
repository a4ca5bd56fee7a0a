namespace RailCluster.Generation;

/// <summary>Reads the classes of an Oniguruma pattern, in brackets or as an escape, into sets.</summary>
internal sealed class PatternClassReader(PatternCursor cursor)
{
    // Hostile patterns nest without end.
    private const int MostNested = 50;

    /// <summary>Reads a class whose opening bracket is taken.</summary>
    public CharacterSet ReadBrackets(int depth = 0)
    {
        if (depth > MostNested)
            throw cursor.Refused("whose classes nest too deep");
        bool inverted = cursor.Take("^");
        var all = new CharacterSet();
        var part = new CharacterSet();
        bool intersects = false;
        if (cursor.Sees("]") && cursor.SeesLater(']', 1))
            part.Add(cursor.Take());
        while (!cursor.Take("]"))
        {
            if (!cursor.Take("&&"))
            {
                ReadItem(part, depth);
                continue;
            }

            all = Join(all, part, intersects);
            (part, intersects) = (new CharacterSet(), true);
        }

        all = Join(all, part, intersects);
        return inverted ? all.Invert() : all;
    }

    /// <summary>Reads an escape whose backslash is taken, if it stands for a class; null, and nothing taken, if not.</summary>
    public CharacterSet? TryReadEscape()
    {
        char kind = cursor.Next;
        string? name = char.ToLowerInvariant(kind) switch { 's' => "space", 'd' => "digit", 'w' => "word", 'h' => "xdigit", _ => null };
        if (name is not null)
        {
            cursor.Take();
            return Named(name, char.IsUpper(kind));
        }

        if (kind is not ('p' or 'P'))
            return null;
        cursor.Take();
        if (!cursor.Take("{"))
            throw cursor.Refused("with a property without braces");
        bool inverted = kind == 'P' ^ cursor.Take("^");
        return Named(cursor.TakeUntil('}'), inverted);
    }

    /// <summary>Reads an escape whose backslash is taken as one character.</summary>
    public char ReadEscapedCharacter()
    {
        char kind = cursor.Take();
        return kind switch
        {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\f',
            'v' => '\v',
            'a' => '\a',
            'e' => '\u001b',
            'x' => cursor.TakeHex(cursor.Take("{") ? 0 : 2),
            'u' => cursor.TakeHex(4),
            _ when char.IsAsciiLetterOrDigit(kind) => throw cursor.Refused($"with the escape \\{kind}"),
            _ => cursor.Literal(kind),
        };
    }

    private void ReadItem(CharacterSet set, int depth)
    {
        if (cursor.Take("[:"))
        {
            bool inverted = cursor.Take("^");
            set.Add(Named(cursor.TakeUntil(':'), inverted));
            if (!cursor.Take("]"))
                throw cursor.Refused("with a class name that does not end in :]");
        }
        else if (cursor.Take("["))
        {
            set.Add(ReadBrackets(depth + 1));
        }
        else if (ReadMember() is { } first)
        {
            ReadRange(set, first);
        }
        else
        {
            set.Add(TryReadEscape()!);
        }
    }

    private void ReadRange(CharacterSet set, char first)
    {
        if (!cursor.Sees("-") || cursor.Sees("-]") || cursor.Sees("-&&") || cursor.Sees("-["))
        {
            set.Add(first);
            return;
        }

        cursor.Take();
        char last = ReadMember() ?? throw cursor.Refused("with a range that ends in a class");
        if (last < first)
            throw cursor.Refused("with a range that runs backwards");
        for (int c = first; c <= last; c++)
        {
            if (!char.IsSurrogate((char)c))
                set.Add((char)c);
        }
    }

    // Null, with the backslash taken, where a class such as \p{L} comes next.
    private char? ReadMember()
    {
        if (!cursor.Take("\\"))
            return cursor.Literal(cursor.Take());
        if (cursor.Take("b"))
            return '\b';
        return "sSdDwWhHpP".Contains(cursor.Next) ? null : ReadEscapedCharacter();
    }

    private static CharacterSet Join(CharacterSet all, CharacterSet part, bool intersects)
    {
        if (intersects)
            all.Intersect(part);
        else
            all.Add(part);
        return all;
    }

    private CharacterSet Named(string name, bool inverted)
    {
        Func<char, bool> holds = CharacterClasses.Find(name) ?? throw cursor.Refused($"with the property {name}");
        var set = CharacterSet.Where(holds);
        return inverted ? set.Invert() : set;
    }
}
