using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One answer to score.</summary>
/// <param name="Prompt">What was asked, with what the suite expects.</param>
/// <param name="Answer">What the model said; may be empty.</param>
/// <param name="Finish">Why it ended; null where unknown.</param>
/// <param name="Dimensions">What to score: those asked for that the prompt exercises.</param>
/// <param name="Mode">How thoroughly.</param>
public sealed record ScoreRequest(
    SuitePrompt Prompt,
    string Answer,
    FinishReason? Finish,
    ImmutableArray<Dimension> Dimensions,
    ScoringMode Mode);

/// <summary>Scores answers. Safe to call from many threads.</summary>
public interface IRailScorer
{
    /// <summary>Name and behaviour version; part of every content key.</summary>
    ScorerIdentity Identity { get; }

    /// <summary>
    /// Scores one answer: one outcome for every dimension asked for. What goes wrong is an outcome, never a number and never an exception
    /// (other than cancellation).
    /// </summary>
    Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default);
}

/// <summary>The scorers of this process by name.</summary>
public interface IScorerCatalog
{
    /// <summary>Names, sorted.</summary>
    ImmutableArray<string> Names { get; }

    /// <summary>The scorer of that name; null for none.</summary>
    IRailScorer? Find(string name);
}
