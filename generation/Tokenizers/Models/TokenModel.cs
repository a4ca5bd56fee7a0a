namespace RailCluster.Generation;

/// <summary>Turns pieces of text into tokens. Safe to share between threads.</summary>
internal abstract class TokenModel
{
    /// <summary>What kind it is, in words.</summary>
    public abstract string Kind { get; }

    /// <summary>Its tokens and their ids.</summary>
    public abstract IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <summary>Appends the tokens of a piece, which is not empty.</summary>
    public abstract void Encode(ReadOnlySpan<char> piece, List<int> output);

    /// <summary>How a byte is written as a token of its own.</summary>
    public static string ByteToken(int value) => $"<0x{value:X2}>";

    /// <summary>The ids of the byte tokens that a vocabulary has; negative where it lacks one.</summary>
    public static int[] ByteTokens(IReadOnlyDictionary<string, int> vocabulary) =>
        [.. Enumerable.Range(0, 256).Select(value => vocabulary.TryGetValue(ByteToken(value), out int id) ? id : -1)];
}
