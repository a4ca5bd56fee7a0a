namespace RailCluster.Scoring;

/// <summary>A word, number or letter of an unspaced script, as the phrases read it.</summary>
/// <param name="Start">Index of its first character in the text.</param>
/// <param name="Length">Characters in the text.</param>
/// <param name="Word">Its number in the <see cref="Vocabulary"/>; 0 for a word that no phrase knows.</param>
/// <param name="Hash">The same for the same normalised word.</param>
/// <param name="Marks">What stands around it.</param>
internal readonly record struct Token(int Start, int Length, int Word, ulong Hash, Marks Marks)
{
    /// <summary>Index behind its last character.</summary>
    public int End => Start + Length;

    /// <summary>Whether it carries the mark.</summary>
    public bool Is(Marks mark) => (Marks & mark) != 0;
}

/// <summary>What a token is, and what stands before it.</summary>
[Flags]
internal enum Marks
{
    /// <summary>An ordinary word inside a clause.</summary>
    None = 0,

    /// <summary>The first of a sentence.</summary>
    Sentence = 1,

    /// <summary>The first of a clause: behind a comma, colon, bracket or dash.</summary>
    Clause = 2,

    /// <summary>The first of a line.</summary>
    Line = 4,

    /// <summary>Written with a capital.</summary>
    Capital = 8,

    /// <summary>Begins with a digit.</summary>
    Number = 16,

    /// <summary>Inside quotation marks.</summary>
    Quoted = 32,

    /// <summary>The second part of a word that was taken apart, such as the "not" of "can't".</summary>
    Part = 64,
}

/// <summary>A sentence: a run of tokens, and the mark that ends it.</summary>
/// <param name="First">Index of its first token.</param>
/// <param name="Count">How many tokens it has.</param>
/// <param name="Closing">The character behind its last token that ended it; a line feed where none did.</param>
internal readonly record struct Sentence(int First, int Count, char Closing)
{
    /// <summary>Index behind its last token.</summary>
    public int End => First + Count;
}

/// <summary>A piece of an answer that a rule points at.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Text">The piece.</param>
internal readonly record struct Span(int Start, string Text);
