using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.ML.OnnxRuntime.Tensors;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// A decoder in ONNX Runtime on one device. Steps run on a thread of their own, never on the caller's scheduler, and stop between steps
/// when they are cancelled. Prompts need not fit together: rows join and leave the batch as they finish.
/// </summary>
public sealed partial class OnnxTextGenerator : ITextGenerator, IAdapterHost
{
    // Rises whenever the same weights and prompt may give other tokens.
    private const int BehaviourVersion = 4;

    private readonly int _slots;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly CallGate _gate;
    private readonly LoopCounts _counts = new();
    private LoadedModel _model;
    private (long Prompts, long PromptTokens, long OutputTokens, double Seconds) _totals;

    internal OnnxTextGenerator(LoadedModel model, int slots, TimeProvider time)
    {
        (_model, _slots, _time, _gate) = (model, slots, time, new CallGate(this));
        model.Session.Adapter = model.Adapter;
    }

    /// <inheritdoc/>
    public ModelInspection Model => _model.Inspection;

    /// <summary>The model's tokenizer.</summary>
    public ModelTokenizer Tokenizer => _model.Tokenizer;

    /// <summary>What was done since the model was loaded.</summary>
    public GenerationStats Stats
    {
        get
        {
            lock (_lock)
            {
                return new GenerationStats
                {
                    Prompts = _totals.Prompts,
                    PromptTokens = _totals.PromptTokens,
                    OutputTokens = _totals.OutputTokens,
                    Seconds = _totals.Seconds,
                    Slots = _model.SlotsOf(_slots),
                    Steps = _counts.Steps,
                    SlotOccupancy = _counts.Steps == 0 ? 0 : (double)_counts.RowSteps / _counts.SlotSteps,
                    MeanRows = _counts.Steps == 0 ? 0 : (double)_counts.RowSteps / _counts.Steps,
                    MillisecondsPerStep = _counts.Steps == 0 ? 0 : _counts.StepTime.TotalMilliseconds / _counts.Steps,
                    PrefillTokens = _counts.PrefillTokens,
                    PrefillSavedTokens = _counts.SavedTokens,
                    PrefillSeconds = _counts.PrefillTime.TotalSeconds,
                };
            }
        }
    }

    /// <summary>What computes the answers of a graph.</summary>
    internal static EngineIdentity EngineOf(GraphSignature signature, ComputeDevice device) =>
        new(device.Provider, signature.Cache.Type == TensorElementType.Float16 ? "fp16" : "fp32", BehaviourVersion);

    internal LoadedModel Loaded => _model;

    /// <inheritdoc/>
    public async Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default)
    {
        SettingsCheck.Require(settings);
        using var stop = _gate.Link(cancellationToken);
        CanaryReport? report = null;
        Task work = _gate.Begin(() => report = Canaries.Run(_model, settings, stop.Token));
        try
        {
            await work.ConfigureAwait(false);
            return report!;
        }
        finally
        {
            _gate.End();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RailInputException">A setting is outside its range.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public async IAsyncEnumerable<GeneratedText> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests,
        GenerationSettings settings,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        SettingsCheck.Require(settings);
        using var stop = _gate.Link(cancellationToken);
        var answers = Channel.CreateUnbounded<GeneratedText>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task work = _gate.Begin(() => Work(requests, settings, answers.Writer, stop.Token));
        try
        {
            await foreach (GeneratedText answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return answer;
        }
        finally
        {
            // A caller that stops reading must not leave the engine running.
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
            _gate.End();
        }
    }

    /// <summary>Stops what is under way and frees the engine's memory.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _gate.CloseAsync().ConfigureAwait(false))
            return;
        _model.Session.Dispose();
        _model.Adapter?.Dispose();
        _model.Held?.Dispose();
        _gate.Dispose();
    }

    // Whatever goes wrong reaches the reader through the channel.
    private void Work(IReadOnlyList<GenerationRequest> requests, GenerationSettings settings, ChannelWriter<GeneratedText> answers, CancellationToken stop)
    {
        long started = _time.GetTimestamp();
        BatchLoop loop = _model.NewLoop(_slots, _time);
        Exception? error = null;
        try
        {
            loop.Run(requests, settings, (answer, promptTokens) =>
            {
                Count(promptTokens, answer.OutputIds.Count);
                answers.TryWrite(answer);
            }, stop);
        }
        catch (Exception e)
        {
            error = e;
        }

        lock (_lock)
        {
            _totals.Seconds += _time.GetElapsedTime(started).TotalSeconds;
            _counts.Add(loop.Counts);
        }

        answers.Complete(error);
    }

    private void Count(int promptTokens, int outputTokens)
    {
        lock (_lock)
        {
            _totals.Prompts++;
            _totals.PromptTokens += promptTokens;
            _totals.OutputTokens += outputTokens;
        }
    }
}
