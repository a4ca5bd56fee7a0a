using System.Collections.Immutable;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>Scorers by name.</summary>
public sealed class ScorerCatalog : IScorerCatalog
{
    private readonly ImmutableSortedDictionary<string, IRailScorer> _scorers;

    /// <summary>Creates a catalogue; names are unique.</summary>
    public ScorerCatalog(params IEnumerable<IRailScorer> scorers) =>
        _scorers = scorers.ToImmutableSortedDictionary(scorer => scorer.Identity.Name, scorer => scorer, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ImmutableArray<string> Names => [.. _scorers.Keys];

    /// <summary>The rules, and the scorers that need to be configured, which say so.</summary>
    public static ScorerCatalog Default() => new(
        new RulesScorer(),
        new UnavailableScorer("judge", "no judge is configured; name one with --judge-url and --judge-model, or score with 'rules'"),
        new UnavailableScorer("onnx", "no classifier is configured; name its folder with --classifier, or score with 'rules'"),
        new UnavailableScorer("rail-api", "no key is configured; put it into RAIL_API_KEY, or score with 'rules'"));

    /// <inheritdoc/>
    public IRailScorer? Find(string name) => _scorers.GetValueOrDefault(name);
}
