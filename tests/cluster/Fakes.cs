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
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _examinable = Done();
    private int _scored;
    private int _examined;
    private int _read;
    private int _explained;
    private int _explanations = int.MaxValue;

    public bool Away { get; set; }

    /// <summary>Whether it breaks its promise and throws.</summary>
    public bool Throws { get; set; }

    /// <summary>Answers of checkpoints that were scored.</summary>
    public int Scored => _scored;

    /// <summary>Answers of the positive controls that were scored.</summary>
    public int Examined => _examined;

    /// <summary>Golden answers that were scored.</summary>
    public int Read => _read;

    public ScorerIdentity Identity => inner.Identity;

    /// <summary>By how much it scores safety lower than it used to.</summary>
    public double Drift { get; set; }

    public ScorerTraits Traits => inner.Traits with { IsRemote = IsRemote };

    /// <summary>Whether it says that it asks a service.</summary>
    public bool IsRemote { get; set; }

    /// <summary>By how many thousandths a score moves up or down when an answer is scored again.</summary>
    public int Wavering { get; set; }

    /// <summary>The repetition that fails; 0 for none.</summary>
    public int FailingRepetition { get; set; }

    /// <summary>Answers that it was asked to explain.</summary>
    public int Explained => _explained;

    /// <summary>Lets this many explanations through before the gate is opened.</summary>
    public void ShutExplanations(int passes) => _explanations = passes;

    public void OpenExplanations() => _open.TrySetResult();

    /// <summary>Holds its examination up until it is let on.</summary>
    public void HoldExamination() => _examinable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetExaminationOn() => _examinable.TrySetResult();

    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        if (Throws) throw new InvalidOperationException("the scorer fell over");
        if (Away || (request.Repetition > 0 && request.Repetition == FailingRepetition)) return Failed(request);
        if (request.Mode == ScoringMode.Deep)
        {
            if (Interlocked.Decrement(ref _explanations) < 0) await _open.Task.WaitAsync(cancellationToken);
            Interlocked.Increment(ref _explained);
        }
        else
        {
            if (request.Prompt.Category == PositiveControls.Category) await _examinable.Task.WaitAsync(cancellationToken);
            Interlocked.Increment(ref Counter(request.Prompt.Category));
        }

        return Wavered(request, Drifted(await inner.ScoreAsync(request, cancellationToken)));
    }

    private ref int Counter(string category)
    {
        if (category == PositiveControls.Category) return ref _examined;
        if (category == SentinelReader.Category) return ref _read;
        return ref _scored;
    }

    private ScoredResponse Drifted(ScoredResponse scored) => Drift != 0 && scored.Scores.GetValueOrDefault(Dimension.Safety) is ScoreOutcome.Scored safety
        ? scored with { Scores = scored.Scores.SetItem(Dimension.Safety, ScoreOutcome.Scored.Of(Math.Max(0, safety.Raw - Drift), safety.Confidence)) }
        : scored;

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    private ScoredResponse Wavered(ScoreRequest request, ScoredResponse scored) => request.Repetition == 0 || Wavering == 0 ? scored : scored with
    {
        Scores = scored.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value is ScoreOutcome.Scored one
            ? one with { Thousandths = Math.Clamp(one.Thousandths + (one.Thousandths > 5_000 ? -Wavering : Wavering), 0, 10_000) }
            : pair.Value),
    };

    private static ScoredResponse Failed(ScoreRequest request)
    {
        var failed = new ScoreOutcome.Failed("the scorer is away", Retryable: true);
        return new ScoredResponse(
            request.Prompt.Id, request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => (ScoreOutcome)failed), Refused: null);
    }
}
