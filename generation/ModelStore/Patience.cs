using Polly;
using Polly.Retry;

namespace RailCluster.Generation;

/// <summary>Asks again where that may help: a bounded number of times, with growing pauses and jitter, or when the server says.</summary>
internal sealed class Patience
{
    private readonly ResiliencePipeline _pipeline;

    public Patience(ModelDownloadOptions options, TimeProvider time) => _pipeline = options.Retries < 1
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }.AddRetry(new RetryStrategyOptions
        {
            // A server that wants a longer pause than anybody waits for is not asked again at all.
            ShouldHandle = new PredicateBuilder().Handle<ModelUnreachableException>(e => !(e.RetryAfter > options.LongestRetryDelay)),
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.LongestRetryDelay,
            DelayGenerator = retry => ValueTask.FromResult((retry.Outcome.Exception as ModelUnreachableException)?.RetryAfter),
        }).Build();

    /// <summary>One request, and others if it fails.</summary>
    /// <exception cref="ModelUnreachableException">The last one failed as well.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => await request(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
