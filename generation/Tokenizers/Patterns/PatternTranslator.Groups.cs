namespace RailCluster.Generation;

/// <summary>Groups, options and escapes.</summary>
internal sealed partial class PatternTranslator
{
    private static readonly string[] Openings = ["?:", "?=", "?!", "?>", "?<=", "?<!"];

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
}
