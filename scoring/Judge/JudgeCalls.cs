using Microsoft.Extensions.AI;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>What a judge wrote.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Faults">What is wrong with the reply as a whole; none as a rule.</param>
internal sealed record JudgeReply(string Text, IReadOnlyList<JudgeFault> Faults);

/// <summary>Calls a judge's server: a place among all who share it, bounded attempts, a second sending of what is late, and no calls once it answers nobody.</summary>
internal sealed class JudgeCalls(IChatClient client, JudgeOptions options, IScorerQuota quota, JudgeCounts counts, TimeProvider time)
{
    private readonly CallPacer _pacer = new(options.Account, options.Limits, quota, time);
    private readonly CallRetries _retries = new(options.Patience, time);
    private readonly JudgeTail _tail = new(options.HedgeMultiple, options.LeastHedgeAge);

    private volatile Stop? _stop;

    /// <summary>Why it is not asked any more, until its time is over; null where it is.</summary>
    public string? Stopped => _stop is { } stop && time.GetElapsedTime(stop.Since) < options.StoppedFor ? stop.Reason : null;

    /// <summary>Attempts after a first one.</summary>
    public long Retries => _retries.Retried;

    /// <summary>Asks one question.</summary>
    /// <param name="id">What jitter is made from.</param>
    /// <param name="question">The question.</param>
    /// <param name="seed">The seed of this vote.</param>
    /// <param name="cancellationToken">Stops waiting and asking.</param>
    /// <exception cref="EndpointException">There is no reply; the kind says what that means.</exception>
    public async Task<JudgeReply> AskAsync(string id, JudgeQuestion question, int seed, CancellationToken cancellationToken)
    {
        try
        {
            return await _retries.RunAsync(id, token => AttemptAsync(question, seed, token), cancellationToken).ConfigureAwait(false);
        }
        catch (EndpointException fault) when (JudgeErrors.IsFiltered(fault))
        {
            counts.Add(usage => usage with { Filtered = usage.Filtered + 1 });
            throw;
        }
    }

    private async Task<JudgeReply> AttemptAsync(JudgeQuestion question, int seed, CancellationToken cancellationToken)
    {
        if (options.HedgeMultiple == 0)
            return await SendAsync(question, seed, () => { }, cancellationToken).ConfigureAwait(false);
        (JudgeReply reply, bool bySecond) = await HedgedCall.RaceAsync(
            (second, sent, token) => SendAsync(question, seed, second ? () => counts.Add(usage => usage with { Hedges = usage.Hedges + 1 }) : sent, token),
            async token =>
            {
                await Task.Delay(_tail.Limit() ?? Timeout.InfiniteTimeSpan, time, token).ConfigureAwait(false);
                return _tail.Take();
            },
            cancellationToken).ConfigureAwait(false);
        if (bySecond)
            counts.Add(usage => usage with { HedgesWon = usage.HedgesWon + 1 });
        return reply;
    }

    private async Task<JudgeReply> SendAsync(JudgeQuestion question, int seed, Action sent, CancellationToken cancellationToken)
    {
        if (Stopped is { } reason)
            throw new EndpointException(FaultKind.Fatal, reason);
        CallPass pass = await _pacer.EnterAsync(options.CreditsPerCall, cancellationToken).ConfigureAwait(false);
        var result = new CallResult(WasThrottled: null);
        try
        {
            counts.Add(usage => usage with { Calls = usage.Calls + 1 });
            sent();
            long began = time.GetTimestamp();
            ChatResponse response = await _retries.WithinAsync(token => OnceAsync(question, seed, token), cancellationToken).ConfigureAwait(false);
            _tail.Answered(time.GetElapsedTime(began));
            result = new CallResult(WasThrottled: false);
            _stop = null;
            return Reply(response);
        }
        catch (EndpointException fault)
        {
            // Where the outcome is not known, it may have been paid for.
            result = fault.Kind == FaultKind.Transient
                ? new CallResult(WasThrottled: null, RetryAfter: fault.RetryAfter)
                : new CallResult(fault.Kind == FaultKind.Throttled ? true : null, CreditsSpent: 0, fault.RetryAfter);
            Note(fault);
            throw;
        }
        finally
        {
            pass.Leave(result);
        }
    }

    // A cap of the quota is no fault of the server: it is asked for anew each time, and does not come by here.
    private void Note(EndpointException fault)
    {
        if (fault.Kind == FaultKind.Throttled)
            counts.Add(usage => usage with { Throttled = usage.Throttled + 1 });
        if (fault.Kind == FaultKind.Fatal)
            _stop = new Stop(fault.Message, time.GetTimestamp());
    }

    // A client that does not heed the token is left behind: a late answer is never taken.
    private async Task<ChatResponse> OnceAsync(JudgeQuestion question, int seed, CancellationToken cancellationToken)
    {
        ChatResponse response;
        try
        {
            response = await client.GetResponseAsync(question.Messages, JudgeSettings.Of(question, seed, options), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw JudgeErrors.Of(e, time);
        }

        return JudgeErrors.Of(response) is { } withheld ? throw withheld : response;
    }

    private JudgeReply Reply(ChatResponse response)
    {
        counts.Add(usage => usage with
        {
            InputTokens = usage.InputTokens + (response.Usage?.InputTokenCount ?? 0),
            OutputTokens = usage.OutputTokens + (response.Usage?.OutputTokenCount ?? 0),
        });
        if (response.FinishReason == ChatFinishReason.Length)
            return new JudgeReply(response.Text, [new JudgeFault("cut_off", $"the reply was cut off at {options.MaxOutputTokens} tokens")]);
        bool declined = response.Text.Length == 0 && response.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().Any();
        return new JudgeReply(response.Text, declined ? [new JudgeFault("declined", "the model declined to judge")] : []);
    }

    private sealed record Stop(string Reason, long Since);
}
