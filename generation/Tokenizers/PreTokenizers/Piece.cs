namespace RailCluster.Generation;

/// <summary>A stretch of text on its way to the model.</summary>
/// <param name="Text">The text it lies in.</param>
/// <param name="Start">Where it begins there.</param>
/// <param name="Length">Characters.</param>
/// <param name="First">Whether it begins where the whole text began.</param>
internal readonly record struct Piece(string Text, int Start, int Length, bool First)
{
    /// <summary>Its characters.</summary>
    public ReadOnlySpan<char> Span => Text.AsSpan(Start, Length);

    /// <summary>A whole text as a piece.</summary>
    public static Piece Of(string text, bool first) => new(text, 0, text.Length, first);

    /// <summary>A part of it.</summary>
    public Piece Slice(int start, int end) => new(Text, Start + start, end - start, First && start == 0);
}
