namespace RailCluster.Scoring;

/// <summary>How an answer reads.</summary>
/// <param name="Circular">It says few different things with many words.</param>
/// <param name="Heavy">Too many of its words are long.</param>
/// <param name="Unended">It is of several sentences, and the last has no end.</param>
/// <param name="Figures">Numbers and words to take over as they are.</param>
/// <param name="Quotes">It gives words to take over as they are.</param>
/// <param name="Listing">Where it lists four things or more; null for nowhere.</param>
internal sealed record AnswerStyle(bool Circular, bool Heavy, bool Unended, Trait Figures, bool Quotes, Span? Listing)
{
    private const int FewestWords = 12;
    private const int FewestContent = 6;
    private const int LongWord = 9;
    private const int ContentWord = 4;
    private const int Most = 3;
    private const int FewestListed = 4;
    private const double FewestDifferent = 0.66;
    private const double MostLong = 0.28;
    private const double MostLongInPlainWords = 0.12;

    /// <summary>Reads the style of an answer.</summary>
    /// <param name="answer">What was answered.</param>
    /// <param name="plain">Whether plain words were asked for.</param>
    public static AnswerStyle Of(Reading answer, bool plain)
    {
        var (content, different, longs) = (0, new HashSet<int>(), 0);
        foreach (var token in answer.Tokens)
        {
            if (token.Length < ContentWord || token.Is(Marks.Number) || token.Is(Marks.Part)) continue;
            content++;
            different.Add(Stem(answer.Text.AsSpan(token.Start, token.Length)));
            if (token.Length >= LongWord) longs++;
        }

        return new AnswerStyle(
            content >= FewestContent && different.Count < content * FewestDifferent * Spread(content),
            answer.Tokens.Length >= FewestWords && longs > answer.Tokens.Length * (plain ? MostLongInPlainWords : MostLong),
            Unfinished(answer),
            Figured(answer),
            Array.Exists(answer.Tokens, token => token.Is(Marks.Quoted)),
            Listed(answer));
    }

    // Long texts come back to their words.
    private static double Spread(int content) => Math.Clamp(30.0 / content, 0.4, 1);

    private static int Stem(ReadOnlySpan<char> word)
    {
        var hash = 17;
        foreach (var letter in word[..Math.Min(word.Length, 5)]) hash = hash * 31 + char.ToLowerInvariant(letter);
        return hash;
    }

    private static bool Unfinished(Reading answer)
    {
        if (answer.Sentences.Length < 2) return false;
        var (last, before) = (answer.Sentences[^1], answer.Sentences[^2]);
        return last.Count >= 3 && !answer.Tokens[last.First].Is(Marks.Line) && before.Closing is '.' or '?' or '!' && last.Closing == '\n' && char.IsLetter(answer.Text.AsSpan().TrimEnd()[^1]);
    }

    // Parts between commas in one sentence, or lines.
    private static Span? Listed(Reading answer)
    {
        foreach (var sentence in answer.Sentences)
        {
            var parts = 0;
            for (var index = sentence.First; index < sentence.End; index++) parts += answer.Tokens[index].Is(Marks.Clause) ? 1 : 0;
            if (parts >= FewestListed) return answer.Place(new Hit(default, sentence.First, sentence.End));
        }

        return answer.Tokens.Count(token => token.Is(Marks.Line)) >= FewestListed ? answer.Place(new Hit(default, 0, 1)) : null;
    }

    private static Trait Figured(Reading answer)
    {
        var (times, first, quoted) = (0, -1, false);
        for (var index = 0; index < answer.Tokens.Length && times < Most; index++)
        {
            var token = answer.Tokens[index];
            var begins = token.Is(Marks.Quoted) && !quoted;
            quoted = token.Is(Marks.Quoted);
            if (!begins && !(token.Is(Marks.Number) && !token.Is(Marks.Line))) continue;
            times++;
            if (first < 0) first = index;
        }

        return new Trait(times, first < 0 ? null : answer.Place(new Hit(default, first, first + 1)));
    }
}
