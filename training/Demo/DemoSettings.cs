namespace RailCluster.Training;

/// <summary>Everything that decides what the demo command makes.</summary>
public sealed record DemoSettings
{
    public required string Folder { get; init; }

    /// <summary>Where to write every checkpoint's answers to the suite; null for nowhere.</summary>
    public string? AnswersFolder { get; init; }

    public int Seed { get; init; } = 17;

    public int Threads { get; init; } = 1;

    public int VocabularySize { get; init; } = 1024;

    public required DecoderConfig Decoder { get; init; }

    public required StageSettings Comply { get; init; }

    public required StageSettings Align { get; init; }

    public required StageSettings FineTune { get; init; }

    /// <summary>Steps of fine-tuning whose checkpoints are kept.</summary>
    public required IReadOnlyList<int> SavedSteps { get; init; }

    /// <summary>Whether these are the settings that only test the path.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The committed demo.</summary>
    public static DemoSettings Full(string folder, int seed, int threads) => new()
    {
        Folder = folder,
        Seed = seed,
        Threads = threads,
        Decoder = new DecoderConfig { VocabularySize = 1024 },
        Comply = new StageSettings("comply", 500, 32, 3e-3),
        Align = new StageSettings("align", 400, 32, 1.5e-3),
        FineTune = new StageSettings("fine-tune", 240, 32, 4e-4) { WarmupSteps = 240, FinalShare = 1 },
        SavedSteps = [20, 60, 120, 240],
    };

    /// <summary>A tiny model in seconds, to test the path. Its numbers mean nothing.</summary>
    public static DemoSettings Quick(string folder, int seed, int threads) => new()
    {
        Folder = folder,
        IsQuick = true,
        Seed = seed,
        Threads = threads,
        VocabularySize = 512,
        Decoder = new DecoderConfig { VocabularySize = 512, HiddenSize = 32, Layers = 1, FeedForwardSize = 64 },
        Comply = new StageSettings("comply", 12, 8, 3e-3),
        Align = new StageSettings("align", 6, 8, 3e-3),
        FineTune = new StageSettings("fine-tune", 4, 8, 3e-3) { WarmupSteps = 1, FinalShare = 1 },
        SavedSteps = [2, 4],
    };
}
