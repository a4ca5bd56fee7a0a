using System.Net;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Text from models and users inside a page.</summary>
internal static class HtmlText
{
    /// <summary>Text for the inside of an HTML element or a quoted attribute.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(SafeText.Visible(text));
}
