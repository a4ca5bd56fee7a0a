using System.ClientModel;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RailCluster.Contracts;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>What exceptions of any chat client mean. Their texts are not quoted: whoever wrote them may have put a key into them.</summary>
internal static class JudgeErrors
{
    private const string Filter = "content filter";

    /// <summary>The fault that an exception stands for.</summary>
    public static EndpointException Of(Exception exception, TimeProvider time) => exception switch
    {
        EndpointException fault => fault,
        { InnerException: EndpointException fault } => fault,
        ClientResultException { Status: > 0 } result => OfStatus(result.Status, Wait(result, time)),
        HttpRequestException { StatusCode: { } status } => OfStatus((int)status, null),
        HttpRequestException or IOException => new EndpointException(FaultKind.Transient, $"the server cannot be reached ({exception.GetType().Name})"),
        OperationCanceledException or TimeoutException =>
            new EndpointException(FaultKind.Transient, "no answer within the client's own time; whether there was one is not known"),
        NotSupportedException or ArgumentException => new EndpointException(FaultKind.Refused, $"the client cannot send such a request ({exception.GetType().Name})"),
        JsonException or FormatException => new EndpointException(FaultKind.Transient, $"the server's answer cannot be read ({exception.GetType().Name})"),
        _ => new EndpointException(FaultKind.Transient, $"the client failed ({exception.GetType().Name})"),
    };

    /// <summary>The fault of an answer that a provider withheld; null where it did not.</summary>
    public static EndpointException? Of(ChatResponse response) => response.FinishReason == ChatFinishReason.ContentFilter
        ? new EndpointException(FaultKind.Unanswerable, $"the server's {Filter} withheld the answer")
        : null;

    /// <summary>What a call that gave no answer makes of its dimensions.</summary>
    public static ScoreOutcome Outcome(EndpointException fault) => fault.Kind == FaultKind.Unanswerable
        ? new ScoreOutcome.Unscorable(IsFiltered(fault) ? $"filtered: {fault.Message}" : $"the judge cannot take it: {fault.Message}")
        : new ScoreOutcome.Failed($"the judge gave no verdict: {fault.Message}", fault.MayRetry);

    /// <summary>Whether a content filter, and not the length of the text, kept it from being answered.</summary>
    public static bool IsFiltered(EndpointException fault) =>
        fault.Kind == FaultKind.Unanswerable && fault.Message.Contains(Filter, StringComparison.Ordinal);

    private static EndpointException OfStatus(int status, TimeSpan? wait) => status switch
    {
        429 => new EndpointException(FaultKind.Throttled, "the server is asked too much (429)", wait),
        408 or 409 or 425 => new EndpointException(FaultKind.Transient, $"the server answered {status}", wait),
        501 => new EndpointException(FaultKind.Fatal, "the server does not do that (501); check the address and the model's name"),
        >= 500 => new EndpointException(FaultKind.Transient, $"the server answered {status}", wait),
        401 or 403 => new EndpointException(FaultKind.Fatal, $"the server refused the key ({status}); check it, and what it may do"),
        402 => new EndpointException(FaultKind.Fatal, "the server wants to be paid (402); top the account up"),
        404 or 405 or 410 or < 400 => new EndpointException(FaultKind.Fatal, $"the server has no such model or path ({status}); check the address and the model's name"),
        _ => new EndpointException(FaultKind.Refused, $"the server refused the request ({status})"),
    };

    private static TimeSpan? Wait(ClientResultException exception, TimeProvider time) =>
        exception.GetRawResponse()?.Headers.TryGetValue("retry-after", out string? text) == true ? RetryAfter.Of(text, time) : null;
}
