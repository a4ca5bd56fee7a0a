namespace RailCluster.Contracts;

/// <summary>The content key of a checkpoint within a project; also the grain key.</summary>
/// <param name="Project">The tenant: results are shared within it only.</param>
/// <param name="Answers">64 hex digits over everything that decides the answers; answers are kept under it.</param>
/// <param name="Content">64 hex digits over <paramref name="Answers"/> and everything that decides the scores.</param>
[GenerateSerializer, Alias("rail.CheckpointKey")]
public sealed record CheckpointKey(string Project, string Answers, string Content)
{
    /// <summary>The grain key: <c>project/answers/content</c>.</summary>
    public override string ToString() => $"{Project}/{Answers}/{Content}";

    /// <summary>Twelve digits for people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Short => Content[..12];

    /// <summary>Reads a grain key.</summary>
    /// <exception cref="FormatException">The text is not a checkpoint key.</exception>
    public static CheckpointKey Parse(string text) => text.Split('/') is [var project, { Length: 64 } answers, { Length: 64 } content]
        ? new CheckpointKey(project, answers, content)
        : throw new FormatException($"'{text}' is not a checkpoint key (project/answers/content)");
}
