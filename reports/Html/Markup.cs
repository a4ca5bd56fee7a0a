using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace RailCluster.Reports;

/// <summary>
/// Markup that is safe to show. Its only source is an interpolated string of this project's own: the literal parts are taken as they are, and every
/// hole is escaped unless it is markup itself.
/// </summary>
internal readonly struct Markup
{
    private readonly string? _text;

    private Markup(string text) => _text = text;

    public static Markup Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(_text);

    public static Markup Of(MarkupText text) => new(text.ToString());

    /// <summary>A text that stands in the source code, such as a style sheet.</summary>
    public static Markup Constant([ConstantExpected] string text) => new(text);

    /// <summary>One after another.</summary>
    public static Markup Join(IEnumerable<Markup> parts) => new(string.Concat(parts.Select(part => part._text)));

    public override string ToString() => _text ?? "";
}

/// <summary>Builds <see cref="Markup"/> from an interpolated string.</summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupText(int literalLength, int formattedCount)
{
    private const int LikelyHole = 24;

    private readonly StringBuilder _text = new(literalLength + formattedCount * LikelyHole);

    public void AppendLiteral(string literal) => _text.Append(literal);

    public void AppendFormatted(string? text)
    {
        if (text is not null) _text.Append(HtmlText.Escape(text));
    }

    public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

    /// <summary>With at most two decimals.</summary>
    public void AppendFormatted(double number) => _text.Append((Math.Round(number, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture));

    public void AppendFormatted(Markup markup) => _text.Append(markup);

    public void AppendFormatted(IEnumerable<Markup> parts)
    {
        foreach (var part in parts) _text.Append(part);
    }

    public override string ToString() => _text.ToString();
}
