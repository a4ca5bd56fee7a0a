using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Gets one evaluation its reply: attempts, a place within what the key may do for each, credits reserved and settled, and a stop that concerns all.</summary>
internal sealed class RailApiCaller : IDisposable
{
    private static readonly TimeSpan LongestStop = TimeSpan.FromDays(1);

    private readonly RailApiOptions _options;
    private readonly TimeProvider _time;
    private readonly RailApiClient _client;
    private readonly CallPacer _pacer;
    private readonly CallRetries _retries;
    private readonly RailApiStop _stop;

    public RailApiCaller(RailApiOptions options, IScorerQuota quota, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _client = new RailApiClient(options, time);
        _pacer = new CallPacer(options.Account, options.Limits, quota, time);
        _retries = new CallRetries(options, time);
        _stop = new RailApiStop(time);
    }

    public RailApiCounts Counts { get; } = new();

    /// <summary>Why nothing is sent; null where it is.</summary>
    public string? Stopped => _stop.Reason;

    public RailApiUsage Usage => Counts.Snapshot(_retries.Retried);

    /// <summary>Asks until there is a reply, a fault that lasts, or no time left.</summary>
    /// <exception cref="EndpointException">There is none.</exception>
    public Task<RailApiReply> AskAsync(RailApiCall call, CancellationToken cancellationToken) =>
        _retries.RunAsync(call.Id, token => AttemptAsync(call, call.Body(), token), cancellationToken);

    public void Dispose() => _client.Dispose();

    private Task<RailApiReply> AttemptAsync(RailApiCall call, byte[] body, CancellationToken cancellationToken) =>
        _options.HedgeAfter is { } after ? RaceAsync(call, body, after, cancellationToken) : SendAsync(call, body, () => { }, cancellationToken);

    private async Task<RailApiReply> RaceAsync(RailApiCall call, byte[] body, TimeSpan after, CancellationToken cancellationToken)
    {
        (RailApiReply reply, _) = await HedgedCall.RaceAsync(
            (second, sent, token) =>
            {
                if (second)
                    Counts.Count(usage => usage with { Hedges = usage.Hedges + 1 });
                return SendAsync(call, body, sent, token);
            },
            async token =>
            {
                await Task.Delay(after, _time, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        return reply;
    }

    private async Task<RailApiReply> SendAsync(RailApiCall call, byte[] body, Action sent, CancellationToken cancellationToken)
    {
        try
        {
            Require(_stop.Reason);
            CallPass pass = await _pacer.EnterAsync(call.Reserve, cancellationToken).ConfigureAwait(false);
            return await WithPassAsync(pass, call, body, sent, cancellationToken).ConfigureAwait(false);
        }
        catch (EndpointException fault) when (fault.Kind == FaultKind.Fatal)
        {
            Stop(fault, ofService: false);
            throw;
        }
    }

    private async Task<RailApiReply> WithPassAsync(CallPass pass, RailApiCall call, byte[] body, Action sent, CancellationToken cancellationToken)
    {
        // Until more is known, the whole reservation counts as spent.
        var result = new CallResult(WasThrottled: null);
        var trace = new RailApiClient.WireTrace { NeverSent = true };
        Counts.Reserve(call.Reserve);
        try
        {
            // Others may have been refused while this one waited for its turn.
            Require(_stop.Refusal);
            trace.NeverSent = false;
            sent();
            Counts.Count(usage => usage with { Calls = usage.Calls + 1 });
            RailApiResponse response = await _retries.WithinAsync(token => _client.SendAsync(body, trace, token), cancellationToken).ConfigureAwait(false);
            RailApiReading reading = RailApiReader.Read(response, call, _options.Key);
            bool throttled = response.Status == 429;
            result = new CallResult(throttled, reading.Credits, response.RetryAfter);
            if (throttled)
                Counts.Count(usage => usage with { Throttled = usage.Throttled + 1 });
            return reading.Reply is { } reply ? Counted(reply) : throw Patient(reading.Fault!);
        }
        catch (EndpointException fault) when (fault.Kind == FaultKind.Fatal)
        {
            // Before the place is given back: whoever takes it must find the stop.
            Stop(fault, ofService: true);
            throw;
        }
        finally
        {
            if (trace.NeverSent)
                result = result with { CreditsSpent = 0 };
            Counts.Settle(call.Reserve, result.CreditsSpent ?? call.Reserve);
            pass.Leave(result);
        }
    }

    private RailApiReply Counted(RailApiReply reply)
    {
        if (reply.FromCache)
            Counts.Count(usage => usage with { CacheHits = usage.CacheHits + 1 });
        return reply;
    }

    // A wait beyond all patience is a day's limit or the like: to knock again before its end would only be refused again.
    private EndpointException Patient(EndpointException fault) => fault is { Kind: FaultKind.Throttled, RetryAfter: { } asked } && asked > _options.LongestWait
        ? new EndpointException(FaultKind.Fatal, FormattableString.Invariant($"the service asks to be left alone for {asked.TotalMinutes:0.#} minutes (429), as for a day's limit; score what is left then"), asked)
        : fault;

    private void Stop(EndpointException fault, bool ofService) =>
        _stop.Set(fault.Message, fault.RetryAfter is { } asked ? Least(asked, LongestStop) : _options.StopFor, ofService);

    private static void Require(string? stop)
    {
        if (stop is not null)
            throw new EndpointException(FaultKind.Fatal, stop);
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
