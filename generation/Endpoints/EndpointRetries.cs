using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace RailCluster.Generation;

/// <summary>
/// All patience with a server is here: a deadline for a request, bounded attempts with waits between them, and a deadline for a prompt. The client
/// library's own retries and timeouts are off. Jitter is a function of the prompt's id and the attempt.
/// </summary>
internal sealed class EndpointRetries
{
    private static readonly ResiliencePropertyKey<string> Prompt = new("prompt");

    private readonly EndpointGeneratorOptions _options;
    private readonly ResiliencePipeline _prompt;
    private readonly ResiliencePipeline _attempt;
    private long _retried;

    public EndpointRetries(EndpointGeneratorOptions options, TimeProvider time)
    {
        _options = options;
        ResiliencePipelineBuilder prompt = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.PromptDeadline);
        if (options.Attempts > 1)
            prompt.AddRetry(Strategy());
        _prompt = prompt.Build();
        _attempt = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.AttemptDeadline).Build();
    }

    /// <summary>Attempts after a first one, so far.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Attempts something until it succeeds, fails for good, or its time is over.</summary>
    /// <exception cref="EndpointFault">The last fault, its attempts counted.</exception>
    public async Task<T> RunAsync<T>(string promptId, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Prompt, promptId);
        var attempts = 0;
        EndpointFault? last = null;
        async ValueTask<T> OnceAsync(ResilienceContext inner)
        {
            attempts++;
            try
            {
                return await attempt(inner.CancellationToken).ConfigureAwait(false);
            }
            catch (EndpointFault fault)
            {
                last = fault;
                throw;
            }
        }

        try
        {
            return await _prompt.ExecuteAsync(OnceAsync, context).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new EndpointFault(FaultKind.Transient, $"no answer within {Text(_options.PromptDeadline)} and {Times(attempts)}{(last is null ? "" : $", at last: {last.Message}")}");
        }
        catch (EndpointFault fault) when (fault.MayRetry)
        {
            throw new EndpointFault(fault.Kind, $"{fault.Message} ({Times(attempts)})", fault.RetryAfter);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Gives one request its time.</summary>
    /// <exception cref="EndpointFault">It is over.</exception>
    public async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await _attempt.ExecuteAsync(async token => await request(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new EndpointFault(FaultKind.Transient, $"no answer within {Text(_options.AttemptDeadline)}; whether there was one is not known");
        }
    }

    private RetryStrategyOptions Strategy() => new()
    {
        MaxRetryAttempts = _options.Attempts - 1,
        ShouldHandle = new PredicateBuilder().Handle<EndpointFault>(fault => fault.MayRetry),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Wait(
            (arguments.Outcome.Exception as EndpointFault)?.RetryAfter,
            arguments.Context.Properties.GetValue(Prompt, ""),
            arguments.AttemptNumber)),
        OnRetry = _ =>
        {
            Interlocked.Increment(ref _retried);
            return default;
        },
    };

    // A server's word is followed as far as patience goes; jitter on top of it keeps prompts from coming back all at once.
    private TimeSpan Wait(TimeSpan? retryAfter, string promptId, int attempt)
    {
        double share = Draw.Uniform(0, promptId, attempt);
        TimeSpan grown = _options.FirstWait * Math.Pow(2, Math.Min(attempt, 30));
        TimeSpan own = grown < _options.LongestWait ? grown : _options.LongestWait;
        if (retryAfter is { } asked)
            return (asked < _options.LongestWait ? asked : _options.LongestWait) + (_options.FirstWait * share);
        return own * ((1 + share) / 2);
    }

    private static string Times(int attempts) => attempts == 1 ? "1 attempt" : $"{attempts} attempts";

    private static string Text(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0.###} s");
}
