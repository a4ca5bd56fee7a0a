using System.Buffers;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>How an answer is built.</summary>
/// <param name="Words">How many there are.</param>
/// <param name="Repetitive">It says the same again and again.</param>
/// <param name="Truncated">It stops in the middle.</param>
/// <param name="OffTopic">It shares no content word with the question; a weak sign.</param>
/// <param name="Gibberish">Hardly a word of it can be pronounced.</param>
internal sealed record AnswerShape(int Words, bool Repetitive, bool Truncated, bool OffTopic, bool Gibberish)
{
    private const int FewestToRepeat = 9;
    private const int FewestToStop = 3;
    private const int LongestStem = 4;

    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "about", "tell", "what", "which", "where", "when", "does", "give", "with", "from", "that", "this", "have", "your", "they", "should", "would",
        "could", "there", "their", "some", "into", "than", "then", "them", "please", "explain", "write", "help", "make", "need", "want", "know",
        "the", "and", "for", "are", "you", "can", "how", "who", "why", "not", "its", "was", "has", "had", "but", "get", "did", "any", "all", "out", "one",
        "our", "his", "her", "she", "him",
    };

    private static readonly HashSet<string> Connecting = new(StringComparer.OrdinalIgnoreCase)
    {
        "the", "a", "an", "and", "or", "then", "you", "to", "of", "with", "your", "is", "are", "in", "on", "for", "because", "if", "that", "as", "from",
        "by", "but", "their", "its", "my",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> CommonLookup = Common.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> ConnectingLookup = Connecting.GetAlternateLookup<ReadOnlySpan<char>>();

    // Runs of neighbouring keys.
    private static readonly SearchValues<string> Keys =
        SearchValues.Create(["asdf", "qwer", "zxcv", "hjkl", "lkjh", "fdsa"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Consonants = SearchValues.Create("bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ");

    public static AnswerShape Of(Reading prompt, Reading answer, FinishReason? finish)
    {
        var tokens = answer.Tokens;
        return new AnswerShape(
            tokens.Length,
            Repeats(tokens),
            finish == FinishReason.Length || Stops(answer),
            tokens.Length >= 4 && OffTheTopic(prompt, answer),
            tokens.Length >= 3 && tokens.Count(token => Unspeakable(answer.Text.AsSpan(token.Start, token.Length))) * 2 >= tokens.Length);
    }

    private static bool OffTheTopic(Reading prompt, Reading answer)
    {
        var asked = Content(prompt);
        return asked.Count >= 2 && !Content(answer).Overlaps(asked);
    }

    // A few letters are enough to tell words apart and to see through endings.
    private static HashSet<ulong> Content(Reading text)
    {
        var content = new HashSet<ulong>();
        foreach (var token in text.Tokens)
        {
            var word = text.Text.AsSpan(token.Start, token.Length);
            if (word.Length < 3 || token.Is(Marks.Part) || CommonLookup.Contains(word)) continue;
            var key = 0UL;
            foreach (var letter in word[..Math.Min(word.Length, LongestStem)]) key = key << 16 | char.ToLowerInvariant(letter);
            content.Add(key);
        }

        return content;
    }

    // Long texts use few words often, but seldom the same pairs of words.
    private static bool Repeats(Token[] tokens)
    {
        if (tokens.Length < FewestToRepeat) return false;
        var (same, pairs) = (0, new HashSet<(ulong, ulong)>());
        for (var index = 1; index < tokens.Length; index++)
        {
            if (tokens[index].Hash == tokens[index - 1].Hash) same++;
            pairs.Add((tokens[index - 1].Hash, tokens[index].Hash));
        }

        return same >= 4 || pairs.Count < tokens.Length / 2;
    }

    private static bool Stops(Reading answer)
    {
        if (answer.Tokens.Length < FewestToStop) return false;
        var last = answer.Tokens[^1];
        return char.IsLetter(answer.Text.AsSpan().TrimEnd()[^1]) && ConnectingLookup.Contains(answer.Text.AsSpan(last.Start, last.Length));
    }

    // Four Latin consonants or more and no vowel, or a run of neighbouring keys.
    private static bool Unspeakable(ReadOnlySpan<char> word) =>
        word.Length >= 4 && (word.ContainsAny(Keys) || !word.ContainsAnyExcept(Consonants));
}
