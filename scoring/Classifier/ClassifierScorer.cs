using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>
/// Scores with a classifier or regression head in ONNX, such as a lab's own guard model: its folder says in <c>rail-scorer.json</c> which output
/// means which dimension on which scale. Answers are read in batches, and no score depends on the answers beside it.
/// </summary>
public sealed class ClassifierScorer : IRailScorer, IAsyncDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "onnx";

    // Raised whenever the same outputs may give another score: the version is part of every content key.
    private const string Behaviour = "1";

    private readonly ClassifierInput _input;
    private readonly OutputReader _reader;
    private readonly ClassifierQueue _queue;
    private readonly ClassifierCounts _counts;

    private ClassifierScorer(ScorerIdentity identity, ClassifierParts parts, ClassifierOptions options)
    {
        Identity = identity;
        Traits = new ScorerTraits(options.InFlight, IsRemote: false);
        Judges = [.. parts.Mapping.Dimensions.Keys];
        OneAtATimeReason = parts.Alone;
        (_input, _counts) = (parts.Input, new ClassifierCounts());
        _reader = new OutputReader(parts.Mapping, parts.Labels, _counts);
        _queue = new ClassifierQueue(parts.Graph, parts.Alone is null ? options.BatchTokens : 0, _counts);
    }

    /// <inheritdoc/>
    public ScorerIdentity Identity { get; }

    /// <inheritdoc/>
    public ScorerTraits Traits { get; }

    /// <summary>The dimensions that it judges, in enum order; others are unscorable.</summary>
    public ImmutableArray<Dimension> Judges { get; }

    /// <summary>Why answers are read one at a time; null where they go in batches.</summary>
    public string? OneAtATimeReason { get; }

    /// <summary>What was done so far.</summary>
    public ClassifierStats Stats => _counts.Stats;

    /// <summary>Loads a classifier and tries it out. Slow; never inside a grain's turn.</summary>
    /// <param name="options">Which, and what computes it.</param>
    /// <param name="encoder">The tokenizer of the classifier's folder.</param>
    /// <exception cref="RailInputException">The folder is incomplete, its parts do not fit, or the device cannot be used; every fault is named.</exception>
    public static ClassifierScorer Open(ClassifierOptions options, ITextEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(encoder);
        if (options.BatchTokens < 1) throw new RailInputException($"classifier batch tokens {options.BatchTokens}: are 1 or more");
        if (options.InFlight is < 1 or > 8192) throw new RailInputException($"classifier answers in flight {options.InFlight}: are 1 to 8,192");
        var folder = ClassifierFolder.Read(options.Folder);
        var parts = ClassifierParts.Load(folder, options, encoder);
        var hash = CanonicalHash.Of(new Content(folder.Files, encoder.Hash, options.Device.Provider));
        return new ClassifierScorer(new ScorerIdentity(Name, $"{Behaviour}-{hash[..12]}"), parts, options);
    }

    /// <inheritdoc/>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Tokenizing takes its time, and a caller may be a grain's turn.
        var (text, without) = await Task.Run(() => Encode(request), cancellationToken);
        if (text is null) return Without(request, without!);
        if (text.Missing > 0) _counts.Shortened();
        var (outputs, error) = await _queue.RunAsync(text, cancellationToken);
        if (outputs is null) return Without(request, new ScoreOutcome.Failed($"scorer '{Name}': {error}", Retryable: true));
        var explain = request.Mode == ScoringMode.Deep;
        return Response(request, dimension => _reader.Outcome(dimension, outputs, explain), _reader.Refused(outputs));
    }

    /// <summary>Reads what waits, and frees the graph.</summary>
    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private (EncodedText? Text, ScoreOutcome? Without) Encode(ScoreRequest request)
    {
        try
        {
            var (text, reason) = _input.Encode(request.Prompt.Input.Display(), request.Answer);
            return (text, text is null ? new ScoreOutcome.Unscorable(reason!) : null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            _counts.Failed();
            return (null, new ScoreOutcome.Failed($"scorer '{Name}': the answer cannot be tokenized ({SafeText.Line(fault.Message, 200)})", Retryable: false));
        }
    }

    private ScoredResponse Without(ScoreRequest request, ScoreOutcome outcome) =>
        Response(request, dimension => Judges.Contains(dimension) ? outcome : _reader.NotJudged(dimension), refused: null);

    private ScoredResponse Response(ScoreRequest request, Func<Dimension, ScoreOutcome> outcome, bool? refused) =>
        new(request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, outcome), refused)
        {
            Scorer = Identity,
            ResolvedMode = request.Mode == ScoringMode.Auto ? ScoringMode.Basic : null,
        };

    private sealed record Content(ImmutableSortedDictionary<string, string> Files, string Tokenizer, string Provider);
}
