using Microsoft.Extensions.AI;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>Gets one prompt its outcome: attempts, a place in the crowd for each request, and a hedge in the tail where that is safe.</summary>
internal sealed class EndpointAsker(EndpointClient client, EndpointGeneratorOptions options, EndpointProfile profile, TimeProvider time)
{
    private readonly CallRetries _retries = new(options, time);
    private readonly ConcurrencyGate _gate = new(options.Slots);

    private volatile bool _varies;

    public EndpointCounts Counts { get; } = new();

    /// <summary>The server was seen to answer equal greedy requests differently: nothing is raced from now on.</summary>
    public void Varies() => _varies = true;

    public EndpointStats Stats() => Counts.Stats(options.Slots, _gate.Allowed, _retries.Retried);

    /// <summary>Asks until there is an outcome.</summary>
    /// <param name="request">The prompt.</param>
    /// <param name="settings">Checked against the server.</param>
    /// <param name="order">Lower goes first.</param>
    /// <param name="tail">Where the other prompts are; null for none, and no hedge.</param>
    /// <param name="cancellationToken">Stops waiting and asking.</param>
    /// <exception cref="ModelException">No prompt will be answered.</exception>
    public async Task<(GenerationOutcome Outcome, WireAnswer? Wire)> AskAsync(
        GenerationRequest request, GenerationSettings settings, int order, LatencyTail? tail, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> messages, string? refusal) = EndpointRequests.Messages(request.Input);
        var asked = new Asked(request.Id, messages, EndpointRequests.Options(request.Id, settings, options, profile), settings, order, tail);
        try
        {
            if (refusal is not null)
                return (new GenerationOutcome.Unanswerable(refusal), null);
            EndpointReply reply = await _retries.RunAsync(request.Id, token => AttemptAsync(asked, token), cancellationToken).ConfigureAwait(false);
            return (reply.Answer, reply.Wire);
        }
        catch (EndpointException fault)
        {
            return (OutcomeOf(fault), null);
        }
        finally
        {
            asked.Start();
        }
    }

    /// <summary>What is thrown where no prompt will be answered.</summary>
    public ModelException Useless(EndpointException fault) => new(FailureKind.ModelUnusable, $"{options.Address} ({SafeText.Line(options.ModelName, 100)}): {fault.Message}");

    private GenerationOutcome OutcomeOf(EndpointException fault) => fault.Kind switch
    {
        FaultKind.Fatal => throw Useless(fault),
        FaultKind.Unanswerable => new GenerationOutcome.Unanswerable(fault.Message),
        _ => new GenerationOutcome.Failed(fault.Message, fault.MayRetry),
    };

    // A race favours short answers, that is, refusals: only where both runners give the same answer is there one.
    private Task<EndpointReply> AttemptAsync(Asked asked, CancellationToken cancellationToken) =>
        asked.Tail is { } tail && options.HedgeMultiple > 0 && asked.Settings.Temperature == 0 && !_varies
            ? RaceAsync(asked, tail, cancellationToken)
            : SendAsync(asked, _ => { }, cancellationToken);

    private async Task<EndpointReply> RaceAsync(Asked asked, LatencyTail tail, CancellationToken cancellationToken)
    {
        long began = 0;
        (EndpointReply reply, bool bySecond) = await HedgedCall.RaceAsync(
            (second, sent, token) => SendAsync(
                asked,
                at =>
                {
                    if (second)
                        Counts.Hedge();
                    else
                        began = at;
                    sent();
                },
                token),
            async token =>
            {
                await tail.OverdueAsync(began, token).ConfigureAwait(false);
                return tail.Take(asked.Id);
            },
            cancellationToken).ConfigureAwait(false);
        if (bySecond)
            Counts.HedgeWon();
        return reply;
    }

    private async Task<EndpointReply> SendAsync(Asked asked, Action<long> sent, CancellationToken cancellationToken)
    {
        long pass = await _gate.EnterAsync(asked.Order, cancellationToken).ConfigureAwait(false);
        bool? throttled = null;
        try
        {
            asked.Start();
            // A race may be over while this one waited for a place.
            if (asked.IsAnswered)
                throw new OperationCanceledException();
            Counts.Request();
            long began = time.GetTimestamp();
            sent(began);
            EndpointReply reply = await _retries.WithinAsync(token => client.AskAsync(asked.Messages, asked.Chat, asked.Settings, token), cancellationToken).ConfigureAwait(false);
            asked.Tail?.Answered(time.GetElapsedTime(began));
            Counts.Said(reply.Wire.SystemFingerprint);
            throttled = false;
            asked.IsAnswered = true;
            return reply;
        }
        catch (EndpointException fault) when (fault.Kind == FaultKind.Throttled)
        {
            throttled = true;
            Counts.Throttled();
            throw;
        }
        finally
        {
            _gate.Leave(pass, throttled);
        }
    }

    private sealed record Asked(
        string Id,
        IReadOnlyList<Microsoft.Extensions.AI.ChatMessage> Messages,
        ChatOptions Chat,
        GenerationSettings Settings,
        int Order,
        LatencyTail? Tail)
    {
        private int _started;

        /// <summary>Whether one of its requests was answered; known to whoever takes the place of that request.</summary>
        public bool IsAnswered { get; set; }

        /// <summary>Tells the tail, once, that this prompt waits no more.</summary>
        public void Start()
        {
            if (Interlocked.Exchange(ref _started, 1) == 0)
                Tail?.Started();
        }
    }
}
