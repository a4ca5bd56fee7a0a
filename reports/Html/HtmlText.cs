using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Text from models and users inside a page.</summary>
public static class HtmlText
{
    /// <summary>Text for the inside of an HTML element or a quoted attribute.</summary>
    public static string Escape(string text) => SafeText.Visible(text)
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
