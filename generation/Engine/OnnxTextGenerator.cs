using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// A decoder in ONNX Runtime on the CPU. Steps run on a thread of their own, never on the caller's scheduler, and stop between steps
/// when they are cancelled. Prompts need not fit together: rows join and leave the batch as they finish.
/// </summary>
public sealed class OnnxTextGenerator : ITextGenerator
{
    /// <summary>What computes the answers. The version rises whenever the same weights and prompt may give other tokens.</summary>
    public static readonly EngineIdentity Engine = new("cpu", "fp32", 1);

    private readonly LoadedModel _model;
    private readonly int _slots;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Lock _statsLock = new();
    private (long Prompts, long PromptTokens, long OutputTokens, double Seconds, long Steps, long RowSteps) _totals;
    private bool _disposed;

    internal OnnxTextGenerator(LoadedModel model, int slots, TimeProvider time) => (_model, _slots, _time) = (model, slots, time);

    /// <inheritdoc/>
    public ModelInspection Model => _model.Inspection;

    /// <summary>The model's tokenizer.</summary>
    public ModelTokenizer Tokenizer => _model.Tokenizer;

    /// <summary>What was done since the model was loaded.</summary>
    public GenerationStats Stats
    {
        get
        {
            lock (_statsLock)
            {
                return new GenerationStats(
                    _totals.Prompts,
                    _totals.PromptTokens,
                    _totals.OutputTokens,
                    _totals.Seconds,
                    _totals.Steps,
                    _totals.Steps == 0 ? 0 : (double)_totals.RowSteps / _totals.Steps);
            }
        }
    }

    internal LoadedModel Loaded => _model;

    /// <inheritdoc/>
    public async Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default)
    {
        SettingsCheck.Require(settings);
        Enter();
        try
        {
            return await Task.Run(() => Canaries.Run(_model, settings, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
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
        Enter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = Channel.CreateUnbounded<GeneratedText>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        Task work = Task.Factory.StartNew(
            () => Work(requests, settings, answers.Writer, stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
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
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_disposed)
                _model.Session.Dispose();
            _disposed = true;
        }
        finally
        {
            _one.Release();
        }
    }

    private void Enter()
    {
        if (!_one.Wait(0))
            throw new InvalidOperationException("The generator is busy with another call: calls do not overlap.");
        if (!_disposed)
            return;
        _one.Release();
        throw new ObjectDisposedException(nameof(OnnxTextGenerator));
    }

    // Whatever goes wrong reaches the reader through the channel.
    private void Work(IReadOnlyList<GenerationRequest> requests, GenerationSettings settings, ChannelWriter<GeneratedText> answers, CancellationToken stop)
    {
        long started = _time.GetTimestamp();
        BatchLoop loop = _model.NewLoop(_slots);
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

        lock (_statsLock)
        {
            _totals.Seconds += _time.GetElapsedTime(started).TotalSeconds;
            _totals.Steps += loop.Steps;
            _totals.RowSteps += loop.RowSteps;
        }

        answers.Complete(error);
    }

    private void Count(int promptTokens, int outputTokens)
    {
        lock (_statsLock)
        {
            _totals.Prompts++;
            _totals.PromptTokens += promptTokens;
            _totals.OutputTokens += outputTokens;
        }
    }
}
