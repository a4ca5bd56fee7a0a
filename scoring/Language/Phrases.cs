using System.Text.RegularExpressions;

namespace RailCluster.Scoring;

/// <summary>A set of phrases to look for. Matching takes time linear in the text, whatever the text is.</summary>
internal sealed class Phrases
{
    // One automaton of everything would be over .NET's limit of size; of single phrases there would be hundreds to run.
    private const int LongestPattern = 700;

    private readonly Regex[] _patterns;

    /// <param name="alternatives">Regular expressions without look-around and with straight apostrophes; a word begins and ends where they do.</param>
    public Phrases(params string[] alternatives) => _patterns = [.. Pack(alternatives).Select(pattern => new Regex(
        $@"(?:^|[^\p{{L}}\p{{N}}])({pattern})(?:[^\p{{L}}\p{{N}}]|$)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))];

    /// <summary>The first phrase in the text; null for none.</summary>
    public Span? Find(string text)
    {
        Span? first = null;
        foreach (var pattern in _patterns)
        {
            if (pattern.Match(text) is { Success: true } match && (first is not { } span || match.Groups[1].Index < span.Start))
                first = new Span(match.Groups[1].Index, match.Groups[1].Value);
        }

        return first;
    }

    /// <summary>The first phrase in a sentence that holds none of the phrases that would turn its meaning; null for none.</summary>
    public Span? Find(IReadOnlyList<Span> sentences, Phrases unless)
    {
        foreach (var sentence in sentences)
        {
            if (Find(sentence.Text) is { } found && unless.Find(sentence.Text) is null) return found with { Start = sentence.Start + found.Start };
        }

        return null;
    }

    /// <summary>The text with every phrase overwritten by blanks, so that positions stay.</summary>
    public string Blank(string text) =>
        _patterns.Aggregate(text, (left, pattern) => pattern.Replace(left, match => new string(' ', match.Length)));

    private static List<string> Pack(string[] alternatives)
    {
        var packed = new List<string>();
        foreach (var alternative in alternatives)
        {
            if (packed.Count > 0 && packed[^1].Length + alternative.Length < LongestPattern) packed[^1] += '|' + alternative;
            else packed.Add(alternative);
        }

        return packed;
    }
}

/// <summary>A piece of an answer that a rule points at.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">The piece.</param>
internal readonly record struct Span(int Start, string Text);
