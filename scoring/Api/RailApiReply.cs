using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>What came back over the wire.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="MediaType">Of the body; null where the service does not say.</param>
/// <param name="Body">Whole.</param>
/// <param name="RetryAfter">How long the service asks to be left alone; null where it does not.</param>
internal sealed record RailApiResponse(int Status, string? MediaType, byte[] Body, TimeSpan? RetryAfter);

/// <summary>An evaluation.</summary>
/// <param name="Scores">One outcome for every dimension asked for; empty where critical content was found and no score is told.</param>
/// <param name="Critical">Whether the service calls it critical.</param>
/// <param name="ResolvedMode">What <see cref="ScoringMode.Auto"/> became; else null.</param>
/// <param name="FromCache">Whether the service had it in its cache.</param>
internal sealed record RailApiReply(ImmutableSortedDictionary<Dimension, ScoreOutcome> Scores, bool Critical, ScoringMode? ResolvedMode, bool FromCache);

/// <summary>What a response means: an evaluation or a fault, and what it cost.</summary>
/// <param name="Reply">Null where there is none.</param>
/// <param name="Fault">Null where there is a reply.</param>
/// <param name="Credits">Null where the service did not say and nothing tells.</param>
internal sealed record RailApiReading(RailApiReply? Reply, EndpointException? Fault, double? Credits);
