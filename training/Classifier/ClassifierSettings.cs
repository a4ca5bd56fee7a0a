namespace RailCluster.Training;

/// <summary>Everything that decides what a classifier becomes.</summary>
public sealed record ClassifierSettings
{
    public int Seed { get; init; } = 17;

    public int Threads { get; init; } = 1;

    public int VocabularySize { get; init; } = 2048;

    public int Width { get; init; } = 96;

    public int Channels { get; init; } = 96;

    public int Hidden { get; init; } = 64;

    /// <summary>Times that every pair is seen.</summary>
    public int Epochs { get; init; } = 40;

    /// <summary>Pairs in a batch.</summary>
    public int BatchSize { get; init; } = 32;

    public double LearningRate { get; init; } = 2e-3;

    public double WeightDecay { get; init; } = 0.05;

    /// <summary>Share of tokens that are hidden at each step, so that no single word decides.</summary>
    public double Hide { get; init; } = 0.25;

    /// <summary>A tiny classifier in seconds, to test the path.</summary>
    public static ClassifierSettings Quick(int seed) => new() { Seed = seed, VocabularySize = 700, Width = 32, Channels = 32, Hidden = 32, Epochs = 12 };
}
