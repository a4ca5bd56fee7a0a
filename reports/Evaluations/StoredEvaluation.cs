using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>An evaluation as it was read back.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Manifest">What it was made of.</param>
/// <param name="Suite">The suite, rebuilt from the rows and checked against its hash.</param>
public sealed record StoredEvaluation(string Folder, EvaluationManifest Manifest, Suite Suite)
{
    private readonly Dictionary<string, ScoredResponse> _scores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Response> _responses = new(StringComparer.Ordinal);

    internal StoredEvaluation(
        string folder, EvaluationManifest manifest, Suite suite, Dictionary<string, ScoredResponse> scores, Dictionary<string, Response> responses)
        : this(folder, manifest, suite) => (_scores, _responses) = (scores, responses);

    /// <summary>The scores by prompt id; a prompt that was never asked has none.</summary>
    public IReadOnlyDictionary<string, ScoredResponse> Scores() => _scores;

    /// <summary>The answers by prompt id; a prompt that was never asked has none.</summary>
    public IReadOnlyDictionary<string, Response> Responses() => _responses;

    /// <summary>The text of an answer; null where there is none.</summary>
    public string? Answer(string id) => (_responses.GetValueOrDefault(id)?.Outcome as GenerationOutcome.Answered)?.Text;

    /// <summary>The statistics of what was asked.</summary>
    public CheckpointSummary Summary() => Evaluation.Summaries.Of(Suite.Prompts.Where(prompt => _scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, _scores[prompt.Id])));
}
