using System.Collections.Immutable;
using System.Security.Cryptography;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A tokenizer.json as a reader of texts and pairs of texts.</summary>
internal sealed class TextEncoder : ITextEncoder
{
    private readonly TokenLayout _layout;
    private readonly TextPreparer _preparer;

    private TextEncoder(ModelTokenizer tokenizer, string hash)
    {
        (_layout, Hash) = (tokenizer.File.Layout, hash);
        // Ids may have holes between them.
        VocabularySize = 1 + tokenizer.File.Model.Vocabulary.Values.Concat(tokenizer.File.Added.Select(token => token.Id)).DefaultIfEmpty(-1).Max();
        _preparer = new TextPreparer(tokenizer.File, spelled: false);
    }

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public int MarksOfOne => TokenLayout.Marks(_layout.One);

    /// <inheritdoc/>
    public int? MarksOfPair => _layout.Pair.IsDefault ? null : TokenLayout.Marks(_layout.Pair);

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ModelException">A file is missing or damaged, or asks for what is not supported.</exception>
    public static TextEncoder Load(string folder)
    {
        ModelTokenizer tokenizer = ModelTokenizer.Load(folder);
        return new TextEncoder(tokenizer, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")))));
    }

    /// <inheritdoc/>
    public EncodedText Encode(string text, int longest, TextCut cut)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, MarksOfOne);
        List<int> ids = Ids(text);
        int missing = Math.Max(0, ids.Count + MarksOfOne - longest);
        return LayOut(_layout.One, Cut(ids, missing, cut), default, missing);
    }

    /// <inheritdoc/>
    public EncodedText Encode(string first, string second, int longest, TextCut cut)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        int marks = MarksOfPair ?? throw new InvalidOperationException("tokenizer.json does not say how a pair of texts stands");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, marks);
        List<int> one = Ids(first), two = Ids(second);
        int missing = Math.Max(0, one.Count + two.Count + marks - longest), ofFirst = Math.Min(missing, one.Count);
        return LayOut(_layout.Pair, Cut(one, ofFirst, cut), Cut(two, missing - ofFirst, cut), missing);
    }

    private List<int> Ids(string text)
    {
        var ids = new List<int>((text.Length / 3) + 4);
        _preparer.Encode(text, ids);
        return ids;
    }

    private static ReadOnlySpan<int> Cut(List<int> ids, int missing, TextCut cut)
    {
        ReadOnlySpan<int> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(ids);
        return cut == TextCut.Start ? all[missing..] : all[..^missing];
    }

    private static EncodedText LayOut(ImmutableArray<LayoutPiece> pieces, ReadOnlySpan<int> first, ReadOnlySpan<int> second, int missing)
    {
        int length = first.Length + second.Length + TokenLayout.Marks(pieces);
        ImmutableArray<int>.Builder ids = ImmutableArray.CreateBuilder<int>(length), types = ImmutableArray.CreateBuilder<int>(length);
        foreach (LayoutPiece piece in pieces)
        {
            if (piece.Token is { } token)
                ids.Add(token);
            else
                ids.AddRange(piece.Second ? second : first);
            while (types.Count < ids.Count)
                types.Add(piece.Type);
        }

        return new EncodedText(ids.MoveToImmutable(), types.MoveToImmutable(), missing);
    }
}
