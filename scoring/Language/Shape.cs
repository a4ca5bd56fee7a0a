using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>How an answer is built: its length, its repetitions, whether it speaks of what was asked.</summary>
internal sealed record AnswerShape(int Words, bool Repetitive, bool Truncated, bool OffTopic)
{
    private const int ShortWord = 3;
    private const int FewestToRepeat = 12;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "tell", "what", "which", "where", "when", "does", "give", "with", "from", "that", "this", "have", "your", "they", "should", "would",
        "could", "there", "their", "some", "into", "than", "then", "them", "please", "explain", "write", "help", "make", "need", "want", "know",
    };

    public static AnswerShape Of(string prompt, string answer, FinishReason? finish)
    {
        var words = Split(answer);
        var asked = Content(Split(prompt));
        return new AnswerShape(
            words.Count,
            words.Count >= FewestToRepeat && DistinctPairs(words) < words.Count / 2,
            finish == FinishReason.Length,
            asked.Count >= 2 && words.Count >= 4 && !Content(words).Overlaps(asked));
    }

    private static List<string> Split(string text) =>
        [.. text.Split([' ', '\n', '\t', '.', ',', ';', ':', '!', '?', '(', ')', '"', '\r'], StringSplitOptions.RemoveEmptyEntries)];

    // Five letters are enough to tell words apart and to see through endings.
    private static HashSet<string> Content(List<string> words) => words
        .Where(word => word.Length > ShortWord && !Common.Contains(word))
        .Select(word => word.Length > 5 ? word[..5] : word)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    private static int DistinctPairs(List<string> words) => words.Zip(words.Skip(1)).Distinct().Count();
}
