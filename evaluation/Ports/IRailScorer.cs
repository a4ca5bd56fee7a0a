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
    ScoringMode Mode)
{
    /// <summary>The field that the answer is from.</summary>
    public ScoringDomain Domain { get; init; }

    /// <summary>What the answer is for.</summary>
    public UseCase UseCase { get; init; }

    /// <summary>0 for the score that counts; 1 and more are scored afresh.</summary>
    public int Repetition { get; init; }
}

/// <summary>How a scorer is best used.</summary>
/// <param name="InFlight">Answers that it wants to work on at a time; 1 or more. It bounds itself: more do no harm.</param>
/// <param name="IsRemote">Whether it asks a service: its scores cost time or money, are kept in the cache, and may change behind one name.</param>
public sealed record ScorerTraits(int InFlight, bool IsRemote);

/// <summary>Scores answers. Safe to call from many threads.</summary>
public interface IRailScorer
{
    /// <summary>Name and behaviour version; part of every content key.</summary>
    ScorerIdentity Identity { get; }

    /// <summary>How it is best used.</summary>
    ScorerTraits Traits { get; }

    /// <summary>Why every answer would fail for now, such as a rejected key: whoever scores many need not go on. Null where it scores.</summary>
    string? Stopped => null;

    /// <summary>What it asked of its service so far, and what that cost, in words; null where it asks none.</summary>
    string? Spending => null;

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
