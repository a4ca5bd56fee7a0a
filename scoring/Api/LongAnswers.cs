using System.Buffers;

namespace RailCluster.Scoring;

/// <summary>What becomes of answers that are longer than a scorer reads.</summary>
public enum LongAnswers
{
    /// <summary>They are unscorable, and the reason names the limit.</summary>
    Refuse,

    /// <summary>
    /// They are cut at the end of a paragraph, else of a line, a sentence or a word; every piece is scored on its own, and the worst score of
    /// a dimension counts, with the lowest confidence.
    /// </summary>
    Split,
}

/// <summary>Cuts long answers into pieces.</summary>
internal static class AnswerPieces
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？");

    /// <summary>Pieces that together are the answer, each of at most <paramref name="longest"/> characters and, but for a short answer, not much shorter than a tenth of it.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="longest">100 or more.</param>
    public static IEnumerable<string> Of(string answer, int longest)
    {
        int least = longest / 10;
        int at = 0;
        while (answer.Length - at > longest)
        {
            // What is left behind must be worth a piece of its own.
            int most = Math.Min(longest, answer.Length - at - least);
            int length = Border(answer.AsSpan(at, most), longest / 2);
            yield return answer.Substring(at, length);
            at += length;
        }

        yield return answer[at..];
    }

    // The last border behind `least`; where there is none, the whole span, but never half a character.
    private static int Border(ReadOnlySpan<char> text, int least)
    {
        int paragraph = text.LastIndexOf("\n\n", StringComparison.Ordinal) + 2;
        if (paragraph > least + 1)
            return paragraph;
        int line = text.LastIndexOf('\n') + 1;
        if (line > least)
            return line;
        int sentence = Sentence(text, least);
        if (sentence > least)
            return sentence;
        int word = text.LastIndexOf(' ') + 1;
        if (word > least)
            return word;
        return char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
    }

    private static int Sentence(ReadOnlySpan<char> text, int least)
    {
        for (int at = text.LastIndexOfAny(SentenceEnds); at >= least; at = text[..at].LastIndexOfAny(SentenceEnds))
        {
            // A dot within a number or a name ends nothing; the wide marks stand without a space.
            if (text[at] > '\u2fff' || (at + 1 < text.Length && char.IsWhiteSpace(text[at + 1])))
                return at + 1;
        }

        return 0;
    }
}
