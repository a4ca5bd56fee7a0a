using System.Collections.Immutable;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>What scorers are put together from, beside their settings.</summary>
/// <param name="Quota">Keeps the accounts of services: of this process, or of a cluster.</param>
/// <param name="Encoder">Opens the tokenizer of a folder.</param>
/// <param name="Time">The clock.</param>
public sealed record ScorerParts(IScorerQuota Quota, Func<string, ITextEncoder> Encoder, TimeProvider Time);

/// <summary>Scorers by name. Each is made when it is first asked for, and disposed of with the catalogue.</summary>
public sealed class ScorerCatalog : IScorerCatalog, IAsyncDisposable
{
    private readonly ImmutableSortedDictionary<string, Lazy<IRailScorer>> _scorers;
    private readonly List<IDisposable> _servers = [];

    /// <summary>Creates a catalogue of scorers that are there already; names are unique.</summary>
    public ScorerCatalog(params IEnumerable<IRailScorer> scorers) =>
        _scorers = scorers.ToImmutableSortedDictionary(scorer => scorer.Identity.Name, scorer => new Lazy<IRailScorer>(scorer), StringComparer.Ordinal);

    private ScorerCatalog(ScorerSettings settings, ScorerParts parts)
    {
        var rules = new RulesScorer();
        _scorers = ImmutableSortedDictionary.Create<string, Lazy<IRailScorer>>(StringComparer.Ordinal)
            .Add(RulesScorer.Name, new Lazy<IRailScorer>(rules))
            .Add(RailApiScorer.Name, new Lazy<IRailScorer>(() => settings.RailApi is { } api
                ? new RailApiScorer(api, parts.Quota, rules, parts.Time)
                : new UnavailableScorer(RailApiScorer.Name, settings.Hints.RailApi)))
            .Add(JudgeScorer.Name, new Lazy<IRailScorer>(() => settings.Judge is { } judge
                ? Judge(judge, parts)
                : new UnavailableScorer(JudgeScorer.Name, settings.Hints.Judge)))
            .Add(ClassifierScorer.Name, new Lazy<IRailScorer>(() => settings.Classifier is { } classifier
                ? ClassifierScorer.Open(classifier, parts.Encoder(classifier.Folder))
                : new UnavailableScorer(ClassifierScorer.Name, settings.Hints.Classifier)));
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Names => [.. _scorers.Keys];

    /// <summary>Puts the scorers together: the rules, those that the settings configure, and the others, which say what they lack.</summary>
    public static ScorerCatalog Create(ScorerSettings settings, ScorerParts parts) => new(settings, parts);

    /// <summary>The rules, and the scorers that need to be configured, which say so.</summary>
    public static ScorerCatalog Default() =>
        Create(new ScorerSettings(), new ScorerParts(new LocalScorerQuota(TimeProvider.System), folder => throw new NotSupportedException(folder), TimeProvider.System));

    /// <inheritdoc/>
    /// <exception cref="RailInputException">The scorer's settings make no sense, or its model cannot be loaded.</exception>
    public IRailScorer? Find(string name) => _scorers.GetValueOrDefault(name)?.Value;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var scorer in _scorers.Values.Where(scorer => scorer.IsValueCreated).Select(scorer => scorer.Value))
        {
            if (scorer is IAsyncDisposable later) await later.DisposeAsync().ConfigureAwait(false);
            else (scorer as IDisposable)?.Dispose();
        }

        foreach (var server in _servers) server.Dispose();
        _servers.Clear();
    }

    private JudgeScorer Judge(JudgeServer judge, ScorerParts parts)
    {
        var server = new ChatEndpoint(judge.Access, parts.Time);
        _servers.Add(server);
        return new JudgeScorer(server.Client, judge.Options, parts.Quota, parts.Time);
    }
}
