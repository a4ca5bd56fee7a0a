using System.Globalization;
using System.Net;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>What the status of an answer means for a model.</summary>
internal static class WebAnswers
{
    public static bool IsRedirect(HttpResponseMessage response) => response.StatusCode
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>Whether the same request may be answered another time.</summary>
    public static bool MayPass(int status) => status is 408 or 425 or 429 or >= 500;

    /// <summary>The exception for an answer that is none of those hoped for.</summary>
    public static Exception Failure(HttpResponseMessage response, string shown, TimeProvider time) => Failure(
        (int)response.StatusCode, shown, RetryAfter.Of(response.Headers, time));

    /// <summary>The same for a status alone.</summary>
    public static Exception Failure(int status, string shown, TimeSpan? after)
    {
        if (MayPass(status))
        {
            string pause = after is { } wait ? string.Create(CultureInfo.InvariantCulture, $" and asks for a pause of {wait.TotalSeconds:0} s") : "";
            return new ModelUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{shown}: the server answers {status}{pause}")) { RetryAfter = after };
        }

        string advice = status is 401 or 403 or 407 ? "let this machine read it" : "name a folder that serves plain files";
        return new ModelException(FailureKind.ModelUnusable, string.Create(CultureInfo.InvariantCulture, $"{shown}: the server answers {status}: {advice}"));
    }
}
