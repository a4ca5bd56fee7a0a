namespace RailCluster.Generation;

/// <summary>
/// Text that grows token by token. What <see cref="Text"/> holds never changes: half a character waits until the rest of it is there.
/// After <see cref="End"/> it is what <see cref="ModelTokenizer.Decode"/> gives for the same tokens. Not for several threads.
/// </summary>
public sealed class TextStream
{
    private readonly ModelTokenizer _tokenizer;
    private readonly bool _skipSpecial;
    private readonly TextKeeper _keeper = new();
    private readonly TextStage _stages;

    internal TextStream(ModelTokenizer tokenizer, Func<TextStage, TextStage> stages, bool skipSpecial) =>
        (_tokenizer, _stages, _skipSpecial) = (tokenizer, stages(_keeper), skipSpecial);

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<char> Text => _keeper.Text;

    /// <summary>Whether whole characters wait for what follows, which may change them: a run of byte tokens is such.</summary>
    internal bool Holds => _stages.Holds;

    /// <summary>Adds a token. One that the tokenizer does not know adds nothing.</summary>
    public void Append(int id)
    {
        if (!(_skipSpecial && _tokenizer.IsSpecial(id)) && _tokenizer.TextOf(id) is { } text)
            _stages.Write(text);
    }

    /// <summary>Says that no token follows: what waited is added, and bytes that never became a character become U+FFFD.</summary>
    public void End() => _stages.End();
}
