namespace RailCluster.Training;

/// <summary>The added tokens of the chat format, in the order of their ids, which follow the vocabulary's.</summary>
public static class SpecialTokens
{
    public const string Pad = "<|pad|>";
    public const string Bos = "<|bos|>";
    public const string User = "<|user|>";
    public const string Assistant = "<|assistant|>";
    public const string End = "<|end|>";

    public static IReadOnlyList<string> All { get; } = [Pad, Bos, User, Assistant, End];
}
