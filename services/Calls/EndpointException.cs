namespace RailCluster.Services;

/// <summary>What a failed request means for its prompt, or for all.</summary>
public enum FaultKind
{
    /// <summary>It may succeed when it is sent again.</summary>
    Transient,

    /// <summary>The same, and the server asks for fewer requests.</summary>
    Throttled,

    /// <summary>The server will not answer this prompt: a result.</summary>
    Unanswerable,

    /// <summary>It failed, and would again.</summary>
    Refused,

    /// <summary>No prompt will be answered.</summary>
    Fatal,
}

/// <summary>A request that gave no answer; the message is one line for a person and holds no key.</summary>
/// <param name="kind">What it means.</param>
/// <param name="message">One line.</param>
/// <param name="retryAfter">How long the server asks to wait; null where it does not say.</param>
public sealed class EndpointException(FaultKind kind, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    /// <summary>What it means for its prompt, or for all.</summary>
    public FaultKind Kind { get; } = kind;

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Whether the same request may succeed another time.</summary>
    public bool MayRetry => Kind is FaultKind.Transient or FaultKind.Throttled;
}
