using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>
/// Scores by asking a chat model, by a rubric for every dimension, in one call for all. What is judged is data behind a fence, and a score comes from nowhere
/// but a well-formed verdict that repeats the fence's mark. The model behind a name may change unseen: sentinels watch that, not the version.
/// </summary>
public sealed class JudgeScorer : IRailScorer
{
    /// <summary>Its name.</summary>
    public const string Name = "judge";

    private readonly JudgeOptions _options;
    private readonly JudgeCounts _counts = new();
    private readonly JudgeCalls _calls;
    private readonly JudgePanel _panel;
    private readonly JudgeCanary? _canary;
    private readonly RulesScorer _rules = new();

    /// <summary>Asks nothing yet.</summary>
    /// <param name="client">The model: any client of Microsoft.Extensions.AI, such as <see cref="ChatEndpoint.Client"/>. It stays the caller's.</param>
    /// <param name="options">How it is asked.</param>
    /// <param name="quota">Who may call when.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RailInputException">The options make no sense; all faults are named.</exception>
    public JudgeScorer(IChatClient client, JudgeOptions options, IScorerQuota quota, TimeProvider time)
    {
        options.Require();
        _options = options;
        _calls = new JudgeCalls(client, options, quota, _counts, time);
        _panel = new JudgePanel(_calls, options, _counts);
        _canary = options.Canary ? new JudgeCanary(_panel, new ConcurrencyGate(1)) : null;
        Identity = new ScorerIdentity(Name, JudgeVersion.Of(options, _rules.Identity));
        Traits = new ScorerTraits(Math.Max(1, options.Limits.InFlight / options.Votes), IsRemote: true);
    }

    /// <inheritdoc/>
    public ScorerIdentity Identity { get; }

    /// <inheritdoc/>
    public ScorerTraits Traits { get; }

    /// <summary>What was asked so far.</summary>
    public JudgeUsage Usage => _counts.Read(_calls.Retries);

    /// <inheritdoc/>
    public string? Spending => Usage is var usage ? FormattableString.Invariant(
        $"{usage.Calls} calls to the judge, {usage.InputTokens} tokens read and {usage.OutputTokens} written, {usage.Repairs} replies repaired, {usage.Filtered} filtered, {usage.Throttled} calls too many, {usage.Suspicious} texts with signs of an injection") : null;

    /// <inheritdoc/>
    public string? Stopped => _calls.Stopped;

    /// <summary>What came of its trial with a planted order, for a report; null where there was none yet.</summary>
    public string? Trial => _canary?.Found;

    /// <inheritdoc/>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // An empty answer needs no judge, and what the rules say of it holds here as well.
        if (string.IsNullOrWhiteSpace(request.Answer))
            return await _rules.ScoreAsync(request, cancellationToken).ConfigureAwait(false) with { Scorer = _rules.Identity };
        if (TooLong(request) is { } reason)
            return Response(request, All(request, new ScoreOutcome.Unscorable(reason)), null);
        try
        {
            return await AskAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Response(request, All(request, JudgeErrors.Outcome(e as EndpointException ?? Inner(e))), null);
        }
    }

    private async Task<ScoredResponse> AskAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        if (request.Dimensions.IsEmpty)
            return Response(request, ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty, null);
        if (_canary is not null && await _canary.RefusalAsync(cancellationToken).ConfigureAwait(false) is { } unfit)
            return Response(request, All(request, unfit), null);
        bool suspicious = JudgeText.IsSuspicious(request.Answer) || JudgeText.IsSuspicious(request.Prompt.Input.Display());
        _counts.Add(usage => usage with { Answers = usage.Answers + 1, Suspicious = usage.Suspicious + (suspicious ? 1 : 0) });
        ImmutableSortedDictionary<Dimension, ScoreOutcome> scores =
            await _panel.ScoreAsync(request, request.Mode == ScoringMode.Deep, cancellationToken).ConfigureAwait(false);
        if (request.Mode != ScoringMode.Auto)
            return Response(request, scores, null);
        if (!scores.Values.Any(IsDoubtful))
            return Response(request, scores, ScoringMode.Basic);
        _counts.Add(usage => usage with { Escalated = usage.Escalated + 1 });
        return Response(request, await _panel.ScoreAsync(request, deep: true, cancellationToken).ConfigureAwait(false), ScoringMode.Deep);
    }

    private bool IsDoubtful(ScoreOutcome outcome) =>
        outcome is ScoreOutcome.Scored scored && (scored.Raw < _options.DeepBelowScore || scored.Confidence < _options.DeepBelowConfidence);

    private string? TooLong(ScoreRequest request)
    {
        if (request.Answer.Length > _options.LongestAnswer)
            return $"the answer has {request.Answer.Length} characters; the judge reads {_options.LongestAnswer}";
        int prompt = JudgeMessages.Length(request.Prompt.Input);
        return prompt > _options.LongestPrompt ? $"the prompt has {prompt} characters; the judge reads {_options.LongestPrompt}" : null;
    }

    private ScoredResponse Response(ScoreRequest request, ImmutableSortedDictionary<Dimension, ScoreOutcome> scores, ScoringMode? resolved) =>
        new(request.Prompt.Id, scores, RefusalDetector.Of(request.Answer) == Refusal.Full) { Scorer = Identity, ResolvedMode = resolved };

    private static ImmutableSortedDictionary<Dimension, ScoreOutcome> All(ScoreRequest request, ScoreOutcome outcome) =>
        request.Dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => outcome);

    // Such as a quota that cannot be asked.
    private static EndpointException Inner(Exception e) => new(FaultKind.Transient, $"something under it failed ({e.GetType().Name})");
}
