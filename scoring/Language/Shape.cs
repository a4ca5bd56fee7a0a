using System.Text.RegularExpressions;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>How an answer is built.</summary>
/// <param name="Words">How many there are.</param>
/// <param name="Repetitive">It says the same again and again.</param>
/// <param name="Truncated">It stops in the middle.</param>
/// <param name="OffTopic">It shares no content word with the question; a weak sign.</param>
/// <param name="Gibberish">Hardly a word of it can be pronounced.</param>
internal sealed partial record AnswerShape(int Words, bool Repetitive, bool Truncated, bool OffTopic, bool Gibberish)
{
    private const int FewestToRepeat = 9;
    private const int FewestToStop = 3;
    private const int LongestStem = 4;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "tell", "what", "which", "where", "when", "does", "give", "with", "from", "that", "this", "have", "your", "they", "should", "would",
        "could", "there", "their", "some", "into", "than", "then", "them", "please", "explain", "write", "help", "make", "need", "want", "know",
        "the", "and", "for", "are", "you", "can", "how", "who", "why", "not", "its", "it's", "was", "has", "had", "but", "get", "did", "any", "all", "out", "one", "our", "his", "her", "she", "him",
    };

    private static readonly HashSet<string> Connecting = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "and", "or", "then", "you", "to", "of", "with", "your", "is", "are", "in", "on", "for", "because", "if", "that", "as", "from", "by", "but", "their", "its", "my",
    };

    public static AnswerShape Of(string prompt, string answer, FinishReason? finish)
    {
        var words = Split(answer);
        var asked = Content(Split(prompt));
        return new AnswerShape(
            words.Count,
            Repeats(words),
            finish == FinishReason.Length || Stops(words, answer),
            asked.Count >= 2 && words.Count >= 4 && !Content(words).Overlaps(asked),
            words.Count >= 3 && words.Count(word => Unspeakable().IsMatch(word)) * 2 >= words.Count);
    }

    private static List<string> Split(string text) =>
        [.. text.Split([' ', '\n', '\t', '.', ',', ';', ':', '!', '?', '(', ')', '"', '\r', '`'], StringSplitOptions.RemoveEmptyEntries)];

    // A few letters are enough to tell words apart and to see through endings.
    private static HashSet<string> Content(List<string> words) => words
        .Where(word => word.Length >= 3 && !Common.Contains(word))
        .Select(word => word.Length > LongestStem ? word[..LongestStem] : word)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    // Long texts use few words often, but seldom the same pairs of words.
    private static bool Repeats(List<string> words)
    {
        if (words.Count < FewestToRepeat) return false;
        var same = words.Zip(words.Skip(1)).Count(pair => string.Equals(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));
        return same >= 4 || words.Zip(words.Skip(1)).Distinct().Count() < words.Count / 2;
    }

    private static bool Stops(List<string> words, string answer) =>
        words.Count >= FewestToStop && char.IsLetter(answer.TrimEnd()[^1]) && Connecting.Contains(words[^1]);

    // Four consonants of the keyboard in a row, or none of the vowels, in a Latin word.
    [GeneratedRegex("^[bcdfghjklmnpqrstvwxz]{4,}$|asdf|qwer|zxcv|hjkl|lkjh|fdsa", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unspeakable();
}
