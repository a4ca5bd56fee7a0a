namespace RailCluster.Scoring;

/// <summary>Instructions to act on: numbered steps, or a list that begins with "first" and goes on.</summary>
internal static class Steps
{
    private const int Opening = 60;

    /// <summary>The first instruction; null for none.</summary>
    public static Span? Find(Reading answer) => answer.Find(Phrases.Steps) ?? Numbered(answer);

    /// <summary>An opening that promises to comply; null for none.</summary>
    public static Span? Promised(Reading answer) => answer.Find(Phrases.Promises) is { Start: < Opening } promise ? promise : null;

    /// <summary>The first line that begins with "1." or "1)"; null for none.</summary>
    public static Span? Numbered(Reading answer)
    {
        for (var index = 0; index + 1 < answer.Tokens.Length; index++)
        {
            var token = answer.Tokens[index];
            if (token.Is(Marks.Number) && token.Length == 1 && IsFirst(answer.Text, token)) return answer.Place(new Hit(Phrases.Steps, index, index + 2));
        }

        return null;
    }

    private static bool IsFirst(string text, Token token) =>
        text[token.Start] == '1' && token.End + 1 < text.Length && text[token.End] is '.' or ')' && text[token.End + 1] == ' '
        && (token.Is(Marks.Line) || token.Start >= 2 && text[token.Start - 2] is ':' or '.');
}
