namespace RailCluster.Generation;

/// <summary>Takes the spaces out again that tokenizers of words set before punctuation and English contractions.</summary>
internal static class CleanUp
{
    private static readonly (string Old, string New)[] Marks =
        [(" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m")];

    private static readonly (string Old, string New)[] Verbs = [(" 's", "'s"), (" 've", "'ve"), (" 're", "'re")];

    private static readonly (string Old, string New)[] OfText = [.. Marks, .. Verbs];
    private static readonly (string Old, string New)[] OfToken = [.. Marks, (" do not", " don't"), .. Verbs];

    /// <summary>Cleans one token, as the WordPiece decoder does.</summary>
    public static string Token(string token)
    {
        foreach ((string old, string replacement) in OfToken)
            token = token.Replace(old, replacement, StringComparison.Ordinal);
        return token;
    }

    /// <summary>The steps that clean the whole text, one behind the other.</summary>
    public static TextStage Text(TextStage next)
    {
        foreach ((string old, string replacement) in OfText.Reverse())
            next = new ReplaceText(old, replacement, next);
        return next;
    }
}
