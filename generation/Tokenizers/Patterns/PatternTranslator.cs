using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>
/// Rewrites a pattern of the Oniguruma library (Ruby's syntax), which tokenizer.json is written for, as one that .NET reads and that
/// matches a <see cref="ShadowText"/> the same way. What cannot be rewritten is refused by name.
/// </summary>
internal sealed partial class PatternTranslator
{
    private const int MostLength = 10_000;
    private const int MostNested = 50;

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
