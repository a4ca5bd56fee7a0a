namespace RailCluster.Generation;

/// <summary>Leaves out up to so many of one character at the start and the end of the whole text.</summary>
internal sealed class StripText(char content, int start, int stop, TextStage next) : TextStage(next)
{
    private int _start = start;
    private int _held;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        while (_start > 0 && text.Length > 0)
        {
            if (text[0] != content)
            {
                _start = 0;
                break;
            }

            text = text[1..];
            _start--;
        }

        if (stop == 0)
        {
            Next!.Write(text);
            return;
        }

        foreach (char c in text)
            WriteHeld(c);
    }

    // Up to so many at the end are left out, so they wait until something else follows.
    private void WriteHeld(char c)
    {
        if (c == content && _held < stop)
        {
            _held++;
            return;
        }

        for (; c != content && _held > 0; _held--)
            Next!.Write([content]);
        Next!.Write([c]);
    }
}

/// <summary>Replaces a text in the whole text, wherever its parts come from; holds back what may be the beginning of it.</summary>
internal sealed class ReplaceText : TextStage
{
    private readonly string _pattern;
    private readonly string _content;
    private readonly int[] _shorter;
    private int _matched;

    /// <summary>Creates a step.</summary>
    /// <param name="pattern">What is replaced; not empty.</param>
    /// <param name="content">What stands there instead.</param>
    /// <param name="next">Takes what comes out.</param>
    public ReplaceText(string pattern, string content, TextStage next)
        : base(next)
    {
        (_pattern, _content) = (pattern, content);
        // Of each beginning of the pattern, its longest end that is a beginning as well.
        _shorter = new int[pattern.Length + 1];
        for (int length = 2, shorter = 0; length <= pattern.Length; length++)
        {
            while (shorter > 0 && pattern[length - 1] != pattern[shorter])
                shorter = _shorter[shorter];
            _shorter[length] = shorter += pattern[length - 1] == pattern[shorter] ? 1 : 0;
        }
    }

    /// <inheritdoc/>
    protected override bool HoldsHere => _matched > 0;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            if (_matched == 0)
            {
                int first = text.IndexOf(_pattern[0]);
                Next!.Write(first < 0 ? text : text[..first]);
                text = first < 0 ? [] : text[first..];
            }

            if (text.Length > 0)
                text = text[Step(text[0])..];
        }
    }

    /// <inheritdoc/>
    public override void End()
    {
        Next!.Write(_pattern.AsSpan(0, _matched));
        _matched = 0;
        base.End();
    }

    // How many characters are done with: none where the beginning matched so far had to be shortened to nothing first.
    private int Step(char c)
    {
        while (_matched > 0 && _pattern[_matched] != c)
        {
            int shorter = _shorter[_matched];
            Next!.Write(_pattern.AsSpan(0, _matched - shorter));
            _matched = shorter;
        }

        if (_pattern[_matched] != c)
            return 0;
        if (++_matched == _pattern.Length)
        {
            Next!.Write(_content);
            _matched = 0;
        }

        return 1;
    }
}
