using System.Collections.Immutable;

namespace RailCluster.Generation;

/// <summary>What was asked of an endpoint since it was connected, canaries left out except in requests, retries and hedges.</summary>
public sealed record EndpointStats
{
    /// <summary>Prompts with an outcome.</summary>
    public required long Prompts { get; init; }

    /// <summary>Tokens of those prompts, as far as the server told.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens generated, as far as the server told.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Time spent generating.</summary>
    public required double Seconds { get; init; }

    /// <summary>Chat requests sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Attempts after a first one.</summary>
    public required long Retries { get; init; }

    /// <summary>Requests that the server refused as too many.</summary>
    public required long Throttled { get; init; }

    /// <summary>Second requests for prompts of the tail.</summary>
    public required long Hedges { get; init; }

    /// <summary>Hedges that answered first.</summary>
    public required long HedgesWon { get; init; }

    /// <summary>Requests in flight at most.</summary>
    public required int Slots { get; init; }

    /// <summary>Requests that may be in flight now.</summary>
    public required int SlotsNow { get; init; }

    /// <summary>Words of the server for its configuration that came with answers; more than one says that it changed under way.</summary>
    public required ImmutableSortedSet<string> SystemFingerprints { get; init; }
}
