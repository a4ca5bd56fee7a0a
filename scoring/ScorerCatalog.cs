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

    /// <summary>The rules, and the scorers that this build knows by name but cannot run.</summary>
    public static ScorerCatalog Default() => new(
        new RulesScorer(),
        new UnavailableScorer("judge", "this build has no judge; score with 'rules'"),
        new UnavailableScorer("onnx", "this build has no classifier scorer; score with 'rules'"),
        new UnavailableScorer("rail-api", "this build has no client for the RAIL API, and so reads no RAIL_API_KEY; score with 'rules'"));

    /// <inheritdoc/>
    public IRailScorer? Find(string name) => _scorers.GetValueOrDefault(name);
}
