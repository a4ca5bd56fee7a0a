using RailCluster.Contracts;

namespace RailCluster.Training;

/// <summary>Shape of a classifier of answers.</summary>
public sealed record ClassifierConfig
{
    /// <summary>The output after those of the eight dimensions: whether the answer declines.</summary>
    public const string Refused = "refused";

    public required int VocabularySize { get; init; }

    /// <summary>Width of a token's embedding.</summary>
    public int Width { get; init; } = 96;

    /// <summary>Channels of the convolution over three tokens.</summary>
    public int Channels { get; init; } = 96;

    public int Hidden { get; init; } = 64;

    /// <summary>Most tokens of prompt and answer together.</summary>
    public int MaximumLength { get; init; } = 256;

    /// <summary>Names of the outputs, in order: the dimensions' keys, and <see cref="Refused"/>.</summary>
    public static IReadOnlyList<string> Outputs { get; } = [.. Dimensions.All.Select(dimension => dimension.Key()), Refused];
}
