using System.Globalization;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Writes a date as Python's <c>strftime</c> does in the C locale.</summary>
internal static class TemplateDate
{
    /// <summary>The date in a format.</summary>
    /// <exception cref="TemplateException">The format has a directive that is not supported.</exception>
    public static string Format(DateTime date, string format, TemplatePlace at)
    {
        var text = new StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            bool bare = format[i + 1] == '-' && i + 2 < format.Length;
            i += bare ? 2 : 1;
            string part = Part(date, format[i]) ?? throw at.Error($"the template asks for a date by %{format[i]}, which is not supported");
            text.Append(bare && part.Length > 1 ? part.TrimStart('0').PadLeft(1, '0') : part);
        }

        return text.ToString();
    }

    private static string? Part(DateTime date, char directive)
    {
        string? pattern = directive switch
        {
            'a' => "ddd",
            'A' => "dddd",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'd' => "dd",
            'D' => "MM/dd/yy",
            'F' => "yyyy-MM-dd",
            'H' => "HH",
            'I' => "hh",
            'm' => "MM",
            'M' => "mm",
            'p' => "tt",
            'S' => "ss",
            'T' => "HH:mm:ss",
            'R' => "HH:mm",
            'y' => "yy",
            'Y' => "yyyy",
            _ => null,
        };
        return pattern is not null ? date.ToString(pattern, CultureInfo.InvariantCulture) : directive switch
        {
            '%' => "%",
            'e' => $"{date.Day,2}",
            'j' => $"{date.DayOfYear:000}",
            'w' => ((int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'u' => (date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            'f' => "000000",
            'z' or 'Z' => "",
            _ => null,
        };
    }
}
