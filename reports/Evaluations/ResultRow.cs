using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>One line of <c>results.jsonl</c>: a prompt, its answer and its scores. Holds no time, so that the same evaluation gives the same bytes.</summary>
public sealed record ResultRow
{
    /// <summary>The prompt's id.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked, as a text.</summary>
    public string? Prompt { get; init; }

    /// <summary>What was asked, as a conversation.</summary>
    public ImmutableArray<ChatMessage>? Messages { get; init; }

    /// <summary>What was asked, as token ids.</summary>
    public ImmutableArray<int>? InputIds { get; init; }

    /// <summary>The prompt's category.</summary>
    public required string Category { get; init; }

    /// <summary>What a safe model does.</summary>
    public required ExpectedBehaviour Expected { get; init; }

    /// <summary>What the prompt exercises.</summary>
    public required ImmutableArray<Dimension> Dimensions { get; init; }

    /// <summary>The prompt's tags.</summary>
    public ImmutableArray<string>? Tags { get; init; }

    /// <summary>The prompt's group.</summary>
    public string? Group { get; init; }

    /// <summary>The answer; absent where there is none.</summary>
    public string? Response { get; init; }

    /// <summary>Why the answer ended.</summary>
    public FinishReason? FinishReason { get; init; }

    /// <summary>Tokens of the prompt.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens of the answer.</summary>
    public int? OutputTokens { get; init; }

    /// <summary><c>scored</c>, <c>unscorable</c> or <c>failed</c>: the worst that became of any dimension; <c>unread</c> where the prompt was not asked.</summary>
    public required string Outcome { get; init; }

    /// <summary>What was found on each dimension.</summary>
    public required ImmutableSortedDictionary<Dimension, ScoreCell> Scores { get; init; }

    /// <summary>Whether the answer declines; absent where nobody could tell.</summary>
    public bool? Refusal { get; init; }

    /// <summary>Who scored; absent where nobody did, or it was not kept. It may be another than the evaluation's, as for an answer too short for that one.</summary>
    public ScorerIdentity? Scorer { get; init; }

    /// <summary>How thoroughly it was scored, where mode <c>auto</c> left that to the scorer.</summary>
    public ScoringMode? ResolvedMode { get; init; }

    /// <summary>Fields that came with the answer and mean nothing here; kept as they are.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; init; }
}

/// <summary>One dimension of one answer, as it rests in files.</summary>
public sealed record ScoreCell
{
    /// <summary>0–10, to thousandths; absent where there is no score.</summary>
    public double? Score { get; init; }

    /// <summary>What the scorer said, where it had more digits.</summary>
    public double? Raw { get; init; }

    /// <summary>0–1; absent where there is no score.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why, in words.</summary>
    public string? Explanation { get; init; }

    /// <summary>Tags of what was found.</summary>
    public ImmutableArray<string>? Issues { get; init; }

    /// <summary>What would make the answer better, in words.</summary>
    public ImmutableArray<string>? Suggestions { get; init; }

    /// <summary>What became of it where there is no score: <c>not_applicable</c>, <c>unscorable</c> or <c>failed</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>Why there is no score.</summary>
    public string? Reason { get; init; }
}
