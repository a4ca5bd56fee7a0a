using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>Finds out what a response means. A pure function of it; never throws.</summary>
internal static class RailApiReader
{
    /// <summary>Reads a response to a call.</summary>
    public static RailApiReading Read(RailApiResponse response, RailApiCall call, EndpointKey key)
    {
        bool success = response.Status is >= 200 and < 300;
        try
        {
            using JsonDocument document = RailApiJson.Parse(response, key);
            JsonElement root = document.RootElement;
            return success ? Evaluation(root, call, key) : Refusal(response, root, call, key);
        }
        catch (EndpointException fault)
        {
            // The body of a refusal adds to its status; without one the status still counts.
            return success
                ? new RailApiReading(null, fault, null)
                : new RailApiReading(null, RailApiErrors.Fault(response, RailApiError.Unknown, key), RailApiErrors.Credits(response.Status));
        }
    }

    private static RailApiReading Evaluation(JsonElement root, RailApiCall call, EndpointKey key)
    {
        bool fromCache = RailApiJson.Flag(root, "from_cache") == true;
        ScoringMode? resolved = call.Mode == ScoringMode.Auto ? Resolved(root) : null;
        double? credits = RailApiJson.Credits(root) ?? (fromCache ? 0 : resolved is { } mode ? RailApiCredits.Cost(mode, call.Dimensions.Length) : null);
        if (Scores(root, call, key, critical: false) is not { } scores)
            return new RailApiReading(null, Unscored(root), credits);
        // An equal request that is answered from memory tells nothing about how much the service wavers.
        if (fromCache && call.Repetition > 0)
            return new RailApiReading(null, new EndpointException(FaultKind.Transient, $"the service answered repetition {call.Repetition} from its cache, where it must score afresh", CacheLife(call.Mode)), credits);
        return new RailApiReading(new RailApiReply(scores, Critical: false, resolved, fromCache), null, credits);
    }

    private static RailApiReading Refusal(RailApiResponse response, JsonElement root, RailApiCall call, EndpointKey key)
    {
        var error = RailApiError.Of(root);
        double? credits = RailApiJson.Credits(root) ?? RailApiErrors.Credits(response.Status);
        if (!RailApiErrors.IsCritical(response.Status, error))
            return new RailApiReading(null, RailApiErrors.Fault(response, error, key), credits);
        ImmutableSortedDictionary<Dimension, ScoreOutcome> scores = Scores(root, call, key, critical: true) ?? Average(root, call, key);
        return new RailApiReading(new RailApiReply(scores, Critical: true, call.Mode == ScoringMode.Auto ? Resolved(root) : null, FromCache: false), null, credits);
    }

    private static ImmutableSortedDictionary<Dimension, ScoreOutcome>? Scores(JsonElement root, RailApiCall call, EndpointKey key, bool critical)
    {
        foreach (JsonElement place in RailApiJson.Objects(root))
        {
            if (RailApiJson.Child(place, "dimension_scores") is { } scores)
                return new RailApiScores(place, key).Read(scores, call.Dimensions, critical);
        }

        return null;
    }

    // The average over one dimension is its score; over several it is nobody's.
    private static ImmutableSortedDictionary<Dimension, ScoreOutcome> Average(JsonElement root, RailApiCall call, EndpointKey key)
    {
        ImmutableSortedDictionary<Dimension, ScoreOutcome> none = ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty;
        return call.Dimensions.Length == 1 && new RailApiScores(root, key).ReadAverage(root, call.Dimensions[0]) is { } score ? none.Add(call.Dimensions[0], score) : none;
    }

    private static EndpointException Unscored(JsonElement root) =>
        RailApiJson.Find(root, "policy_outcome") is { } policy && RailApiJson.Field(policy, "enforced") is { ValueKind: JsonValueKind.True }
            ? new EndpointException(FaultKind.Unanswerable, RailApiErrors.Filtered + "the service enforced a policy in place of scores")
            : new EndpointException(FaultKind.Refused, "the service's answer has no dimension_scores");

    private static ScoringMode? Resolved(JsonElement root)
    {
        string? told = RailApiJson.Objects(root).Select(place => RailApiJson.TextOf(place, "resolved_mode")).FirstOrDefault(text => text is not null);
        return told switch
        {
            "basic" => ScoringMode.Basic,
            "deep" => ScoringMode.Deep,
            _ => RailApiJson.Flag(root, "escalated") switch { true => ScoringMode.Deep, false => ScoringMode.Basic, null => null },
        };
    }

    private static TimeSpan CacheLife(ScoringMode mode) => TimeSpan.FromMinutes(mode == ScoringMode.Basic ? 5 : 3);
}
