using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>One place in a layout: a special token, or a text.</summary>
/// <param name="Token">The token; null for a text.</param>
/// <param name="Second">Whether the text is the second of a pair.</param>
/// <param name="Type">Segment of the token or of the text's tokens.</param>
internal readonly record struct LayoutPiece(int? Token, bool Second, int Type);

/// <summary>How special tokens stand around texts, as a tokenizer.json's post-processor says.</summary>
/// <param name="One">Around one text.</param>
/// <param name="Pair">Around and between two; default where the file does not say.</param>
internal sealed record TokenLayout(ImmutableArray<LayoutPiece> One, ImmutableArray<LayoutPiece> Pair)
{
    /// <summary>The text alone.</summary>
    public static TokenLayout Bare { get; } = new([new LayoutPiece(null, false, 0)], default);

    /// <summary>Tokens set before one text.</summary>
    public ImmutableArray<int> Before { get; } = [.. One.TakeWhile(piece => piece.Token is not null).Select(piece => piece.Token!.Value)];

    /// <summary>Tokens set after one text.</summary>
    public ImmutableArray<int> After { get; } = [.. One.SkipWhile(piece => piece.Token is not null).Skip(1).Select(piece => piece.Token!.Value)];

    /// <summary>Special tokens of a layout.</summary>
    public static int Marks(ImmutableArray<LayoutPiece> pieces) => pieces.Count(piece => piece.Token is not null);
}
