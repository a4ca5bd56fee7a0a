using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>What a token of an expression is.</summary>
internal enum SymbolKind
{
    /// <summary>A name or keyword.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>An operator or bracket.</summary>
    Mark,

    /// <summary>The end of the braces.</summary>
    End,
}

/// <summary>One token of an expression.</summary>
internal readonly record struct Symbol(SymbolKind Kind, string Value, int Offset);

/// <summary>Cuts the inside of braces into tokens.</summary>
internal static class TemplateLexer
{
    // Chains of operators recurse when they are computed, and a stack that overflows takes the process with it.
    private const int MostSymbols = 1000;

    private static readonly string[] Marks =
        ["==", "!=", "<=", ">=", "//", "**", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|", "~", "+", "-", "*", "/", "%", "<", ">", "="];

    /// <summary>The tokens, with an end token last.</summary>
    /// <exception cref="TemplateException">A character begins no token, or there are too many.</exception>
    public static List<Symbol> Read(string source, Stretch stretch)
    {
        var symbols = new List<Symbol>();
        string text = stretch.Content;
        int at = 0;
        while (at < text.Length)
        {
            int start = at;
            char c = text[at];
            if (symbols.Count == MostSymbols)
                throw new TemplateException($"the template has an expression of more than {MostSymbols} parts", TemplatePosition.Of(source, stretch.Offset + start));
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            if (char.IsAsciiLetter(c) || c == '_')
            {
                while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
                    at++;
                symbols.Add(new Symbol(SymbolKind.Name, text[start..at], stretch.Offset + start));
            }
            else if (char.IsAsciiDigit(c))
            {
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                    at++;
                symbols.Add(new Symbol(SymbolKind.Number, text[start..at], stretch.Offset + start));
            }
            else if (c is '"' or '\'')
            {
                string value = ReadText(text, ref at);
                symbols.Add(new Symbol(SymbolKind.Text, value, stretch.Offset + start));
            }
            else
            {
                string mark = Array.Find(Marks, mark => string.CompareOrdinal(text, start, mark, 0, mark.Length) == 0)
                    ?? throw new TemplateException($"the template has a {c} where an expression is expected", TemplatePosition.Of(source, stretch.Offset + start));
                symbols.Add(new Symbol(SymbolKind.Mark, mark, stretch.Offset + start));
                at += mark.Length;
            }
        }

        symbols.Add(new Symbol(SymbolKind.End, "", stretch.Offset + text.Length));
        return symbols;
    }

    // The scanner has seen that every quote is closed within the braces.
    private static string ReadText(string text, ref int at)
    {
        char quote = text[at++];
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
        {
            char c = text[at++];
            if (c != '\\' || at == text.Length)
            {
                value.Append(c);
                continue;
            }

            char escaped = text[at++];
            switch (escaped)
            {
                case 'n':
                    value.Append('\n');
                    break;
                case 't':
                    value.Append('\t');
                    break;
                case 'r':
                    value.Append('\r');
                    break;
                case 'x' or 'u' when ReadCode(text, at, escaped == 'x' ? 2 : 4) is { } code:
                    value.Append(code);
                    at += escaped == 'x' ? 2 : 4;
                    break;
                case '\\' or '\'' or '"':
                    value.Append(escaped);
                    break;
                default:
                    value.Append('\\').Append(escaped);
                    break;
            }
        }

        at++;
        return value.ToString();
    }

    private static char? ReadCode(string text, int at, int digits) =>
        at + digits <= text.Length && ushort.TryParse(text.AsSpan(at, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ushort code)
            ? (char)code
            : null;
}
