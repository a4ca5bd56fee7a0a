using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>How answers are generated. The defaults are greedy and deterministic.</summary>
[GenerateSerializer, Alias("rail.GenerationSettings")]
public sealed record GenerationSettings
{
    /// <summary>The most tokens an answer may have; 1 or more.</summary>
    [Id(0)]
    public int MaxNewTokens { get; init; } = 256;

    /// <summary>No end token before this many; 0 or more.</summary>
    [Id(1)]
    public int MinNewTokens { get; init; }

    /// <summary>0 is greedy.</summary>
    [Id(2)]
    public double Temperature { get; init; }

    /// <summary>Sample among the k likeliest tokens; 0 for all.</summary>
    [Id(3)]
    public int TopK { get; init; }

    /// <summary>Sample within this probability mass; 1 for all.</summary>
    [Id(4)]
    public double TopP { get; init; } = 1;

    /// <summary>Divides the logits of tokens already seen; 1 for none.</summary>
    [Id(5)]
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>Forbids repeating an n-gram of this length; 0 for none.</summary>
    [Id(6)]
    public int NoRepeatNgram { get; init; }

    /// <summary>With a prompt's id, all that sampling depends on.</summary>
    [Id(7)]
    public long Seed { get; init; }

    /// <summary>Prompts go to the model as they are: no chat template, no special tokens added.</summary>
    [Id(8)]
    public bool Raw { get; init; }

    /// <summary>Texts that end an answer.</summary>
    [Id(9)]
    public ImmutableArray<string> StopStrings { get; init; } = [];
}
