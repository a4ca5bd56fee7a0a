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
public sealed record ScoringSettings(ScorerIdentity Scorer, ScoringMode Mode, ImmutableArray<Dimension> Dimensions);
