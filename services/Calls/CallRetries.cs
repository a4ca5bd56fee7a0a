using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace RailCluster.Services;

/// <summary>
/// All patience with a server is here: a deadline for a request, bounded attempts with waits between them, and a deadline for a prompt. The client
/// library's own retries and timeouts are off. Jitter is a function of the prompt's id and the attempt.
/// </summary>
public sealed class CallRetries
{
    private static readonly ResiliencePropertyKey<string> Prompt = new("prompt");

    private readonly CallPatience _options;
    private readonly ResiliencePipeline _prompt;
    private readonly ResiliencePipeline _attempt;
    private long _retried;

    /// <summary>Patience of one kind.</summary>
    public CallRetries(CallPatience options, TimeProvider time)
    {
        _options = options;
        ResiliencePipelineBuilder prompt = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.Deadline);
        if (options.Attempts > 1)
            prompt.AddRetry(Strategy());
        _prompt = prompt.Build();
        _attempt = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.AttemptDeadline).Build();
    }

    /// <summary>Attempts after a first one, so far.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Attempts something until it succeeds, fails for good, or its time is over.</summary>
    /// <exception cref="EndpointException">The last fault, its attempts counted.</exception>
    public async Task<T> RunAsync<T>(string promptId, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(Prompt, promptId);
        var attempts = 0;
        EndpointException? last = null;
        async ValueTask<T> OnceAsync(ResilienceContext inner)
        {
            attempts++;
            try
            {
                return await attempt(inner.CancellationToken).ConfigureAwait(false);
            }
            catch (EndpointException fault)
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
            throw new EndpointException(FaultKind.Transient, $"no answer within {Text(_options.Deadline)} and {Times(attempts)}{(last is null ? "" : $", at last: {last.Message}")}");
        }
        catch (EndpointException fault) when (fault.MayRetry)
        {
            throw new EndpointException(fault.Kind, $"{fault.Message} ({Times(attempts)})", fault.RetryAfter);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Gives one request its time.</summary>
    /// <exception cref="EndpointException">It is over.</exception>
    public async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await _attempt.ExecuteAsync(async token => await request(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            throw new EndpointException(FaultKind.Transient, $"no answer within {Text(_options.AttemptDeadline)}; whether there was one is not known");
        }
    }

    private RetryStrategyOptions Strategy() => new()
    {
        MaxRetryAttempts = _options.Attempts - 1,
        ShouldHandle = new PredicateBuilder().Handle<EndpointException>(fault => fault.MayRetry),
        DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Wait(
            (arguments.Outcome.Exception as EndpointException)?.RetryAfter,
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
        double share = Jitter(promptId, attempt);
        TimeSpan grown = _options.FirstWait * Math.Pow(2, Math.Min(attempt, 30));
        TimeSpan own = grown < _options.LongestWait ? grown : _options.LongestWait;
        if (retryAfter is { } asked)
            return (asked < _options.LongestWait ? asked : _options.LongestWait) + (_options.FirstWait * share);
        return own * ((1 + share) / 2);
    }

    // A function of the id and the attempt, so that the same work waits alike; 0 to 1.
    private static double Jitter(string id, int attempt)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{attempt}:{id}")));
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) * (1.0 / (1UL << 53));
    }

    private static string Times(int attempts) => attempts == 1 ? "1 attempt" : $"{attempts} attempts";

    private static string Text(TimeSpan span) => FormattableString.Invariant($"{span.TotalSeconds:0.###} s");
}
