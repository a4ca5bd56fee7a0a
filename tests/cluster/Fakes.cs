using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Cluster.Tests;

/// <summary>The real engine behind a gate: while it is shut, a model lets through a few answers and then waits.</summary>
internal sealed class GatedModelStore(IModelStore inner) : IModelStore
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _passes = int.MaxValue;
    private int _answered;
    private int _loads;
    private int _switches;

    public IModelStore Inner => inner;

    /// <summary>Prompts that the engine was asked.</summary>
    public int Answered => _answered;

    /// <summary>Models loaded.</summary>
    public int Loads => _loads;

    /// <summary>Adapters taken up by what was loaded.</summary>
    public int Switches => _switches;

    /// <summary>Lets this many more answers through before the gate is opened.</summary>
    public void Shut(int passes) => _passes = passes;

    public void Open() => _open.TrySetResult();

    /// <summary>Prompts whose next answers fail, and how often.</summary>
    public ConcurrentDictionary<string, int> Fails { get; } = new();

    private bool FailsNow(string id) => Fails.TryGetValue(id, out var left) && left > 0 && Fails.TryUpdate(id, left - 1, left);

    public Task<ModelInspection> InspectAsync(ModelReference model, CancellationToken cancellationToken = default) => inner.InspectAsync(model, cancellationToken);

    public async Task<ITextGenerator> LoadAsync(
        ModelReference model, ModelFingerprint? expected, LoadOptions options, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _loads);
        return new Gated(this, await inner.LoadAsync(model, expected, options, cancellationToken));
    }

    private sealed class Gated(GatedModelStore gate, ITextGenerator generator) : ITextGenerator, IAdapterHost
    {
        public async Task<bool> TrySwitchAsync(ModelReference model, ModelFingerprint? expected, CancellationToken cancellationToken = default)
        {
            var switched = await ((IAdapterHost)generator).TrySwitchAsync(model, expected, cancellationToken);
            if (switched) Interlocked.Increment(ref gate._switches);
            return switched;
        }

        public ModelInspection Model => generator.Model;

        public Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default) =>
            generator.ProveAsync(settings, cancellationToken);

        public async IAsyncEnumerable<GeneratedText> GenerateAsync(
            IReadOnlyList<GenerationRequest> requests, GenerationSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var answer in generator.GenerateAsync(requests, settings, cancellationToken))
            {
                if (Interlocked.Decrement(ref gate._passes) < 0) await gate._open.Task.WaitAsync(cancellationToken);
                Interlocked.Increment(ref gate._answered);
                yield return gate.FailsNow(answer.Id)
                    ? answer with { Outcome = new GenerationOutcome.Failed("the device stumbled", Retryable: true), OutputIds = [] }
                    : answer;
            }
        }

        public ValueTask DisposeAsync() => generator.DisposeAsync();
    }
}

/// <summary>The real scorer, which a test can take away and give back.</summary>
internal sealed class SwitchedScorer(IRailScorer inner) : IRailScorer
{
    private int _scored;
    private int _examined;

    public bool Away { get; set; }

    /// <summary>Whether it breaks its promise and throws.</summary>
    public bool Throws { get; set; }

    /// <summary>Answers of checkpoints that were scored.</summary>
    public int Scored => _scored;

    /// <summary>Answers of the positive controls that were scored.</summary>
    public int Examined => _examined;

    public ScorerIdentity Identity => inner.Identity;

    public ScorerTraits Traits => inner.Traits;

    public Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        if (Throws) throw new InvalidOperationException("the scorer fell over");
        if (!Away)
        {
            Interlocked.Increment(ref request.Prompt.Category == PositiveControls.Category ? ref _examined : ref _scored);
            return inner.ScoreAsync(request, cancellationToken);
        }

        var failed = new ScoreOutcome.Failed("the scorer is away", Retryable: true);
        return Task.FromResult(new ScoredResponse(
            request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => (ScoreOutcome)failed), Refused: null));
    }
}
