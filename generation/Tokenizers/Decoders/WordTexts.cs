namespace RailCluster.Generation;

/// <summary>
/// Writes the mark for a space as a space, and leaves it out of the first token where the pre-tokenizer sets it before a text.
/// </summary>
internal sealed class MetaspaceText(char replacement, bool dropsFirst, TextStage next) : TextStage(next)
{
    private bool _begun;
    private char[] _token = new char[64];

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        if (_token.Length < text.Length)
            _token = new char[text.Length * 2];
        int count = 0;
        foreach (char c in text)
        {
            if (c != replacement)
                _token[count++] = c;
            else if (_begun || !dropsFirst)
                _token[count++] = ' ';
        }

        Next!.Write(_token.AsSpan(0, count));
        _begun = true;
    }
}

/// <summary>Joins WordPiece tokens: one that continues a word loses its prefix, any other behind the first gets a space.</summary>
internal sealed class WordPieceText(string prefix, bool cleans, TextStage next) : TextStage(next)
{
    private bool _begun;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        string token = text.ToString();
        if (_begun)
            token = token.StartsWith(prefix, StringComparison.Ordinal) ? token[prefix.Length..] : " " + token;
        Next!.Write(cleans ? CleanUp.Token(token) : token);
        _begun = true;
    }
}

/// <summary>Writes the mark for the end of a word as a space, save at the end of the last token.</summary>
internal sealed class SuffixText(string suffix, TextStage next) : TextStage(next)
{
    // What a token holds from its first mark on, until it is known whether it is the last.
    private string _held = "";

    /// <inheritdoc/>
    protected override bool HoldsHere => _held.Replace(suffix, "", StringComparison.Ordinal).Length > 0;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        Flush(" ");
        int mark = text.IndexOf(suffix);
        if (mark >= 0)
            _held = text[mark..].ToString();
        Next!.Write(mark >= 0 ? text[..mark] : text);
    }

    /// <inheritdoc/>
    public override void End()
    {
        Flush("");
        base.End();
    }

    private void Flush(string replacement)
    {
        if (_held.Length > 0)
            Next!.Write(_held.Replace(suffix, replacement, StringComparison.Ordinal));
        _held = "";
    }
}
