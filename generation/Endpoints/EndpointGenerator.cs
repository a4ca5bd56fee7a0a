using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>
/// A model behind an OpenAI-compatible server (vLLM, TGI, Azure OpenAI and others). Answers carry no token ids; token counts are the server's, 0 where it
/// tells none. <see cref="Model"/> tells endpoints apart and proves nothing about weights, so its results are never reused as content.
/// At temperature 0, and unless a canary saw the server vary, a request of the tail is sent once more and the first whole answer wins; otherwise
/// requests are repeated, never raced.
/// </summary>
public sealed class EndpointGenerator : ITextGenerator
{
    private const int ConnectAttempts = 3;

    private readonly EndpointGeneratorOptions _options;
    private readonly EndpointProfile _profile;
    private readonly EndpointClient _client;
    private readonly EndpointAsker _asker;
    private readonly TimeProvider _time;
    private readonly CallGate _gate;

    private EndpointGenerator(EndpointGeneratorOptions options, EndpointProfile profile, EndpointClient client, TimeProvider time)
    {
        (_options, _profile, _client, _time) = (options, profile, client, time);
        _gate = new CallGate(this);
        _asker = new EndpointAsker(client, options, profile, time);
        Model = profile.Inspection(options);
    }

    /// <inheritdoc/>
    public ModelInspection Model { get; }

    /// <summary>What was asked since it was connected.</summary>
    public EndpointStats Stats => _asker.Stats();

    /// <summary>Asks a server what it serves.</summary>
    /// <param name="options">Which server, and how patiently.</param>
    /// <param name="time">Of deadlines and waits.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="RailInputException">An option is outside its range.</exception>
    /// <exception cref="ModelException">The server refuses the key, or answers elsewhere.</exception>
    /// <exception cref="IOException">The server cannot be reached, or fails.</exception>
    public static async Task<EndpointGenerator> ConnectAsync(EndpointGeneratorOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        options.Require();
        var client = new EndpointClient(options, time);
        try
        {
            // Somebody waits for this one.
            var retries = new CallRetries(options with { Attempts = Math.Min(options.Attempts, ConnectAttempts) }, time);
            EndpointProfile profile = await retries.RunAsync(
                "models", token => retries.WithinAsync(inner => client.ProfileAsync(time, inner), token), cancellationToken).ConfigureAwait(false);
            return new EndpointGenerator(options, profile, client, time);
        }
        catch (EndpointException fault)
        {
            client.Dispose();
            throw fault.Kind == FaultKind.Fatal ? new ModelException(FailureKind.ModelUnusable, $"{options.Address}: {fault.Message}") : new IOException($"{options.Address}: {fault.Message}");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RailInputException">The server cannot honour a setting.</exception>
    /// <exception cref="ModelException">The server answers nobody.</exception>
    public async Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default)
    {
        EndpointRequests.Require(settings, _profile);
        using var stop = _gate.Link(cancellationToken);
        CanaryReport? report = null;
        Task work = _gate.Begin(async () => report = await new EndpointCanaries(_asker, _options, _profile).RunAsync(settings, stop.Token).ConfigureAwait(false));
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
    /// <exception cref="RailInputException">The server cannot honour a setting.</exception>
    /// <exception cref="ModelException">The server answers nobody.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    public async IAsyncEnumerable<GeneratedText> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests,
        GenerationSettings settings,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        EndpointRequests.Require(settings, _profile);
        using var stop = _gate.Link(cancellationToken);
        var answers = Channel.CreateUnbounded<GeneratedText>(new UnboundedChannelOptions { SingleReader = true });
        Task work = _gate.Begin(() => WorkAsync(requests, settings, answers.Writer, stop));
        try
        {
            await foreach (GeneratedText answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return answer;
        }
        finally
        {
            // A caller that stops reading must not leave requests running.
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(false);
            _gate.End();
        }
    }

    /// <summary>Stops what is under way and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _gate.CloseAsync().ConfigureAwait(false))
            return;
        _client.Dispose();
        _gate.Dispose();
    }

    // Whatever goes wrong reaches the reader through the channel. No more prompts are open than may be in flight, the first in front.
    private async Task WorkAsync(IReadOnlyList<GenerationRequest> requests, GenerationSettings settings, ChannelWriter<GeneratedText> answers, CancellationTokenSource stop)
    {
        long began = _time.GetTimestamp();
        var tail = new LatencyTail(requests.Count, _options, _time);
        ModelException? useless = null;
        Exception? error = null;
        try
        {
            var bound = new ParallelOptions { MaxDegreeOfParallelism = _options.Slots, CancellationToken = stop.Token };
            await Parallel.ForAsync(0, requests.Count, bound, async (index, token) =>
            {
                try
                {
                    await AnswerAsync(requests[index], settings, index, tail, answers, token).ConfigureAwait(false);
                }
                catch (ModelException e)
                {
                    Interlocked.CompareExchange(ref useless, e, null);
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            error = e;
        }

        _asker.Counts.Time(_time.GetElapsedTime(began));
        answers.Complete(useless ?? error);
    }

    private async Task AnswerAsync(
        GenerationRequest request, GenerationSettings settings, int order, LatencyTail tail, ChannelWriter<GeneratedText> answers, CancellationToken cancellationToken)
    {
        (GenerationOutcome outcome, _) = await _asker.AskAsync(request, settings, order, tail, cancellationToken).ConfigureAwait(false);
        _asker.Counts.Prompt(outcome);
        answers.TryWrite(new GeneratedText(request.Id, outcome, []));
    }
}
