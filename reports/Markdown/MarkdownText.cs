using System.Globalization;
using System.Text;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Text of models and users within Markdown: it shows as it is, links nowhere, mentions nobody and ends no table cell.</summary>
internal static class MarkdownText
{
    private const int Longest = 1_000;

    // As numbered characters they begin nothing.
    private const string Active = "\\`*_{}[]<>#!|~&$";

    // Only where a line begins.
    private const string ActiveFirst = "-+=";

    // A reader does not see it; whoever looks for names and addresses does.
    private const char Joiner = '\u2060';

    /// <summary>A text within a line.</summary>
    public static string Escape(string text)
    {
        var line = SafeText.Line(text, Longest);
        var shown = new StringBuilder();
        for (var index = 0; index < line.Length; index++)
        {
            var letter = line[index];
            if (letter == '@') shown.Append(letter).Append(Joiner);
            else if (IsActive(line, index)) shown.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
            else shown.Append(letter);
        }

        return shown.ToString();
    }

    private static bool IsActive(string line, int index) => line[index] switch
    {
        // An address, or a little picture by its name.
        ':' => index + 1 < line.Length && !char.IsWhiteSpace(line[index + 1]),
        '.' => line[..index].EndsWith("www", StringComparison.OrdinalIgnoreCase) || line[..index].All(char.IsAsciiDigit),
        ')' => line[..index].All(char.IsAsciiDigit),
        var letter => Active.Contains(letter, StringComparison.Ordinal) || (index == 0 && ActiveFirst.Contains(letter, StringComparison.Ordinal)),
    };
}
