namespace RailCluster.Generation;

/// <summary>A token that is cut out of the text before anything else sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it stands for.</param>
/// <param name="Special">Whether it marks structure rather than text.</param>
/// <param name="Normalized">Whether it is looked for after normalisation.</param>
/// <param name="StripLeft">Whether it swallows white space before it.</param>
/// <param name="StripRight">Whether it swallows white space after it.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized, bool StripLeft, bool StripRight);

/// <summary>A stretch of text, or a token found in it.</summary>
internal readonly record struct Segment(string Text, int? Token);

/// <summary>Cuts added tokens out of a text: the leftmost first, of those the longest.</summary>
internal sealed class AddedTokenSplitter
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;

    public AddedTokenSplitter(IEnumerable<AddedToken> tokens) => _byFirst = tokens
        .Where(token => token.Content.Length > 0)
        .GroupBy(token => token.Content[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());

    /// <summary>The text in order, without empty stretches.</summary>
    public IEnumerable<Segment> Split(string text)
    {
        int done = 0;
        for (int at = 0; at < text.Length;)
        {
            if (Match(text, at) is not { } token)
            {
                at++;
                continue;
            }

            int start = at;
            int end = at + token.Content.Length;
            while (token.StripLeft && start > done && char.IsWhiteSpace(text[start - 1]))
                start--;
            while (token.StripRight && end < text.Length && char.IsWhiteSpace(text[end]))
                end++;
            if (start > done)
                yield return new Segment(text[done..start], null);
            yield return new Segment(token.Content, token.Id);
            done = at = end;
        }

        if (done < text.Length)
            yield return new Segment(text[done..], null);
    }

    private AddedToken? Match(string text, int at) =>
        _byFirst.TryGetValue(text[at], out AddedToken[]? candidates)
            ? Array.Find(candidates, token => string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) == 0)
            : null;
}
