using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Rewrites a pattern of the Oniguruma library (Ruby's syntax), which tokenizer.json is written for, as one that .NET reads and that
/// matches a <see cref="ShadowText"/> the same way. What cannot be rewritten is refused by name.
/// </summary>
internal sealed class PatternTranslator
{
    private const int MostLength = 10_000;
    private const int MostNested = 50;

    private static readonly string[] Openings = ["?:", "?=", "?!", "?>", "?<=", "?<!"];

    private readonly PatternCursor _cursor;
    private readonly PatternClassReader _classes;
    private readonly StringBuilder _output = new();
    private bool _anyCase;
    private bool _dotAll;

    private PatternTranslator(string pattern)
    {
        _cursor = new PatternCursor(pattern);
        _classes = new PatternClassReader(_cursor);
    }

    /// <summary>The pattern as .NET reads it.</summary>
    /// <exception cref="InvalidDataException">It cannot be rewritten; the message says why.</exception>
    public static string Translate(string pattern)
    {
        if (pattern.Length > MostLength)
            throw TokenizerJson.Refused("pattern", $"of {pattern.Length} characters", $"at most {MostLength}");
        var translator = new PatternTranslator(pattern);
        translator.ReadAlternatives(0);
        return translator._cursor.AtEnd ? translator._output.ToString() : throw translator._cursor.Refused("with a ) too many");
    }

    private void ReadAlternatives(int depth)
    {
        if (depth > MostNested)
            throw _cursor.Refused("that nests too deep");
        (bool anyCase, bool dotAll) = (_anyCase, _dotAll);
        while (!_cursor.AtEnd && _cursor.Next != ')')
        {
            if (_cursor.Take("|"))
            {
                _output.Append('|');
                continue;
            }

            int start = _output.Length;
            if (ReadAtom(depth))
                ReadQuantifiers(start);
        }

        (_anyCase, _dotAll) = (anyCase, dotAll);
    }

    // False where what was read stands for no place in a text, and so is not repeated.
    private bool ReadAtom(int depth)
    {
        char c = _cursor.Take();
        switch (c)
        {
            case '(':
                return ReadGroup(depth);
            case '[':
                Write(_classes.ReadBrackets());
                return true;
            case '.':
                _output.Append(_dotAll ? @"[\s\S]" : ".");
                return true;
            case '^':
                // At the start of any line, save behind a last line end.
                _output.Append(@"(?:\A|(?<=\n)(?!\z))");
                return true;
            case '$':
                _output.Append(@"(?=\n|\z)");
                return true;
            case '\\':
                ReadEscape();
                return true;
            case '*' or '+' or '?':
                throw _cursor.Refused($"with a {c} that repeats nothing");
            default:
                Write(_cursor.Literal(c));
                return true;
        }
    }

    private bool ReadGroup(int depth)
    {
        if (_cursor.Take("?#"))
        {
            _cursor.TakeUntil(')');
            return false;
        }

        (bool anyCase, bool dotAll) = (_anyCase, _dotAll);
        string? opening = Openings.FirstOrDefault(_cursor.Take);
        if (opening is null && _cursor.Take("?"))
        {
            if (ReadOptions())
            {
                // For all that follows, alternatives included: what follows is a group of its own.
                _output.Append("(?:");
                ReadAlternatives(depth + 1);
                _output.Append(')');
                return false;
            }
        }

        // Nothing refers back, so nothing need be captured.
        _output.Append('(').Append(opening ?? "?:");
        ReadAlternatives(depth + 1);
        if (!_cursor.Take(")"))
            throw _cursor.Refused("that lacks a )");
        _output.Append(')');
        (_anyCase, _dotAll) = (anyCase, dotAll);
        return true;
    }

    // True where the options stand alone, as in (?i), and hold until the end of the group around them.
    private bool ReadOptions()
    {
        bool on = true;
        while (true)
        {
            switch (_cursor.Take())
            {
                case '-':
                    on = false;
                    break;
                case 'i':
                    _anyCase = on;
                    break;
                case 'm':
                    _dotAll = on;
                    break;
                case ':':
                    return false;
                case ')':
                    return true;
                case var other:
                    throw _cursor.Refused($"with a group that begins with (?{other}");
            }
        }
    }

    private void ReadEscape()
    {
        if (_cursor.Take("w"))
            Write(CharacterSet.Where(CharacterClasses.IsLooseWord));
        else if (_cursor.Take("W"))
            Write(CharacterSet.Where(CharacterClasses.IsLooseWord).Invert());
        else if (_classes.TryReadEscape() is { } set)
            Write(set);
        else if (_cursor.Take("b"))
            WriteBoundary(true);
        else if (_cursor.Take("B"))
            WriteBoundary(false);
        else if (_cursor.Take("A"))
            _output.Append(@"\A");
        else if (_cursor.Take("z"))
            _output.Append(@"\z");
        else if (_cursor.Take("Z"))
            _output.Append(@"(?=\n?\z)");
        else if (_cursor.Take("R"))
            _output.Append(@"(?>\r\n|[\n-\r\u0085\u2028\u2029])");
        else
            Write(_classes.ReadEscapedCharacter());
    }

    private void WriteBoundary(bool at)
    {
        var text = new StringBuilder();
        CharacterSet.Where(CharacterClasses.IsLooseWord).Write(text);
        string word = text.ToString();
        _output.Append(at ? $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))" : $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))");
    }

    private void ReadQuantifiers(int start)
    {
        while (!_cursor.AtEnd && _cursor.Next is '*' or '+' or '?' or '{')
        {
            string? quantifier = null;
            bool interval = false;
            if (_cursor.Next != '{')
            {
                quantifier = _cursor.Take().ToString();
            }
            else if (_cursor.TakeInterval() is var (least, most))
            {
                interval = true;
                quantifier = string.Create(CultureInfo.InvariantCulture, $"{{{least}{(most == least ? "" : $",{most}")}}}");
            }

            // A brace that is no interval stands for itself, and is the next atom.
            if (quantifier is null)
                return;
            Repeat(start, quantifier, interval);
        }
    }

    // A + behind makes a quantifier possessive; behind an interval it repeats that again, as in Ruby.
    private void Repeat(int start, string quantifier, bool interval)
    {
        _output.Insert(start, "(?:").Append(')').Append(quantifier);
        if (_cursor.Take("?"))
            _output.Append('?');
        else if (!interval && _cursor.Take("+"))
            _output.Insert(start, "(?>").Append(')');
    }

    private void Write(CharacterSet set)
    {
        if (_anyCase)
            set.AddOtherCases();
        set.Write(_output);
    }

    private void Write(char c)
    {
        if (_anyCase && char.IsLetter(c))
        {
            var set = new CharacterSet();
            set.Add(c);
            Write(set);
            return;
        }

        _output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
    }
}
