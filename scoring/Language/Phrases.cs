using System.Text.RegularExpressions;

namespace RailCluster.Scoring;

/// <summary>A set of phrases to look for. Matching takes time linear in the text, whatever the text is.</summary>
internal sealed class Phrases
{
    private readonly Regex _pattern;

    /// <param name="alternatives">Regular expressions without look-around; a word begins and ends where they do.</param>
    public Phrases(params string[] alternatives) => _pattern = new Regex(
        $@"(?:^|[^\p{{L}}\p{{N}}])({string.Join('|', alternatives)})(?:[^\p{{L}}\p{{N}}]|$)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The first phrase in the text; null for none.</summary>
    public Span? Find(string text) => _pattern.Match(text) is { Success: true } match ? new Span(match.Groups[1].Index, match.Groups[1].Value) : null;

    /// <summary>How many phrases the text holds.</summary>
    public int Count(string text) => _pattern.Count(text);
}

/// <summary>A piece of an answer that a rule points at.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">The piece.</param>
internal readonly record struct Span(int Start, string Text);
