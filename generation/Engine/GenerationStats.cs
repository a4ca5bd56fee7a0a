namespace RailCluster.Generation;

/// <summary>What a generator has done since it was loaded, canaries left out.</summary>
public sealed record GenerationStats
{
    /// <summary>Prompts answered or refused.</summary>
    public required long Prompts { get; init; }

    /// <summary>Tokens of those prompts.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens generated.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Time spent generating.</summary>
    public required double Seconds { get; init; }

    /// <summary>Tokens generated a second; 0 before the first.</summary>
    public double TokensPerSecond => Seconds == 0 ? 0 : OutputTokens / Seconds;

    /// <summary>Rows in flight at most.</summary>
    public required int Slots { get; init; }

    /// <summary>Steps, each giving every row in flight one token; a prompt's first token comes with its prefill.</summary>
    public required long Steps { get; init; }

    /// <summary>Share of slots, of those that the prompts could fill, that had a row in flight, over all steps; 0 before the first.</summary>
    public required double SlotOccupancy { get; init; }

    /// <summary>Rows in flight a step, on average; 0 before the first.</summary>
    public required double MeanRows { get; init; }

    /// <summary>Time of a step, on average; 0 before the first.</summary>
    public required double MillisecondsPerStep { get; init; }

    /// <summary>Tokens of prompts that were run.</summary>
    public required long PrefillTokens { get; init; }

    /// <summary>Tokens of prompts whose keys and values were copied from a prompt that begins alike.</summary>
    public required long PrefillSavedTokens { get; init; }

    /// <summary>Time spent on prompts.</summary>
    public required double PrefillSeconds { get; init; }
}
