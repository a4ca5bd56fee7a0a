namespace RailCluster.Contracts;

/// <summary>One slice of a checkpoint's plan; also the grain key.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Index">From 0; shard i holds positions [i·size, (i+1)·size) of the pre-committed order.</param>
[GenerateSerializer, Alias("rail.ShardKey")]
public sealed record ShardKey(CheckpointKey Checkpoint, int Index)
{
    /// <summary>The grain key: <c>project/answers/content/index</c>.</summary>
    public override string ToString() => $"{Checkpoint}/{Index}";

    /// <summary>Reads a grain key.</summary>
    /// <exception cref="FormatException">The text is not a shard key.</exception>
    public static ShardKey Parse(string text)
    {
        var cut = text.LastIndexOf('/');
        return cut > 0 && int.TryParse(text[(cut + 1)..], out var index) && index >= 0
            ? new ShardKey(CheckpointKey.Parse(text[..cut]), index)
            : throw new FormatException($"'{text}' is not a shard key (project/answers/content/index)");
    }
}
