using System.Text;

namespace RailCluster.Evaluation;

/// <summary>Reads CSV as published files have it: fields in quotes may hold commas, line breaks and doubled quotes; line ends of any kind.</summary>
internal static class CsvRecords
{
    /// <summary>The records with the line each begins on; empty lines are skipped.</summary>
    public static List<(int Line, List<string> Fields)> Read(string text, string source, InputErrors errors)
    {
        var records = new List<(int, List<string>)>();
        var (position, line) = (0, 1);
        while (position < text.Length)
        {
            var begins = line;
            var fields = Record(text, ref position, ref line, $"{source}:{begins}", errors);
            if (fields is not [""]) records.Add((begins, fields));
        }

        return records;
    }

    private static List<string> Record(string text, ref int position, ref int line, string place, InputErrors errors)
    {
        var fields = new List<string>();
        while (true)
        {
            fields.Add(position < text.Length && text[position] == '"'
                ? Quoted(text, ref position, ref line, place, errors)
                : Plain(text, ref position));
            if (position >= text.Length) return fields;
            if (text[position++] == ',') continue;
            if (text[position - 1] == '\r' && position < text.Length && text[position] == '\n') position++;
            line++;
            return fields;
        }
    }

    private static string Plain(string text, ref int position)
    {
        var end = text.AsSpan(position).IndexOfAny(',', '\r', '\n');
        var from = position;
        position = end < 0 ? text.Length : position + end;
        return text[from..position];
    }

    private static string Quoted(string text, ref int position, ref int line, string place, InputErrors errors)
    {
        var field = new StringBuilder();
        position++;
        while (position < text.Length)
        {
            var letter = text[position++];
            if (letter == '\n') line++;
            if (letter != '"') field.Append(letter);
            else if (position < text.Length && text[position] == '"') field.Append(text[position++]);
            else return field + After(text, ref position, place, errors);
        }

        errors.Add($"{place}: a quote that is opened here is not closed");
        return field.ToString();
    }

    private static string After(string text, ref int position, string place, InputErrors errors)
    {
        var rest = Plain(text, ref position);
        if (!string.IsNullOrWhiteSpace(rest)) errors.Add($"{place}: text follows a closing quote; write \"\" for a quote inside a field");
        return "";
    }
}
