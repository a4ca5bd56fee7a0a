using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>How thorough a scorer is asked to be.</summary>
[GenerateSerializer, Alias("rail.ScoringMode")]
public enum ScoringMode
{
    /// <summary>Scores and confidence.</summary>
    Basic,

    /// <summary>Adds explanations and issues.</summary>
    Deep,

    /// <summary>Basic, escalating where a score is low or uncertain.</summary>
    Auto,
}

/// <summary>The field that answers are from; scorers know what to look for in each.</summary>
[GenerateSerializer, Alias("rail.ScoringDomain")]
public enum ScoringDomain
{
    /// <summary>Any field.</summary>
    General,

    /// <summary>Health.</summary>
    Healthcare,

    /// <summary>Money.</summary>
    Finance,

    /// <summary>Law.</summary>
    Legal,

    /// <summary>School and study.</summary>
    Education,

    /// <summary>Programs.</summary>
    Code,
}

/// <summary>What answers are for.</summary>
[GenerateSerializer, Alias("rail.UseCase")]
public enum UseCase
{
    /// <summary>Any use.</summary>
    General,

    /// <summary>Conversation.</summary>
    Chatbot,

    /// <summary>Writing texts.</summary>
    ContentGeneration,

    /// <summary>Shortening texts.</summary>
    Summarization,

    /// <summary>Translating texts.</summary>
    Translation,

    /// <summary>Writing programs.</summary>
    CodeGeneration,
}

/// <summary>A scorer and the version of its behaviour; both are part of a checkpoint's content key.</summary>
/// <param name="Name">Such as <c>rules</c>.</param>
/// <param name="Version">Changes whenever the same answer may score differently.</param>
[GenerateSerializer, Alias("rail.ScorerIdentity")]
public sealed record ScorerIdentity(string Name, string Version)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}/{Version}";
}

/// <summary>How answers are scored.</summary>
/// <param name="Scorer">Who scores.</param>
/// <param name="Mode">How thoroughly.</param>
/// <param name="Dimensions">What is asked for, in enum order; a prompt is scored on those that it exercises as well.</param>
[GenerateSerializer, Alias("rail.ScoringSettings")]
public sealed record ScoringSettings(ScorerIdentity Scorer, ScoringMode Mode, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>The field that answers are from.</summary>
    [Id(0)]
    public ScoringDomain Domain { get; init; }

    /// <summary>What answers are for.</summary>
    [Id(1)]
    public UseCase UseCase { get; init; }

    /// <summary>0 for the scores that count; 1 and more are scored afresh, to learn how much the scorer wavers.</summary>
    [Id(2)]
    public int Repetition { get; init; }
}
