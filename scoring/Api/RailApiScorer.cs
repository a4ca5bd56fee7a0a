using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>
/// Scores by the RAIL API. Answers that are too short for it go to the rules, whose identity they then carry. What the service refuses for good stops the
/// scorer for a while, and says so: nothing more is sent, and what was scored is kept. Whether an answer declines is told by <see cref="RefusalDetector"/>,
/// because the service does not say.
/// </summary>
public sealed class RailApiScorer : IRailScorer, IDisposable
{
    /// <summary>Its name.</summary>
    public const string Name = "rail-api";

    // Raised whenever the same response may give other scores, or the same answer another request.
    private const string Behaviour = "1";
    private const int LongestAnswer = 100_000;

    private readonly RailApiOptions _options;
    private readonly IRailScorer _rules;
    private readonly RailApiCaller _caller;

    /// <summary>Sends nothing yet.</summary>
    /// <param name="options">The service, the key and the limits.</param>
    /// <param name="quota">Keeps the account of the key: of this process, or of the cluster.</param>
    /// <param name="rules">Scores what is too short for the service.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="RailInputException">An option is outside its range.</exception>
    public RailApiScorer(RailApiOptions options, IScorerQuota quota, IRailScorer rules, TimeProvider time)
    {
        options.Require();
        (_options, _rules) = (options, rules);
        _caller = new RailApiCaller(options, quota, time);
        string basis = CanonicalHash.Of(new Basis(options.Address.ToString(), options.LongAnswers, rules.Identity.ToString()));
        Identity = new ScorerIdentity(Name, $"{Behaviour}-{basis[..12]}");
        Traits = new ScorerTraits(options.Limits.InFlight, IsRemote: true);
    }

    /// <inheritdoc/>
    public ScorerIdentity Identity { get; }

    /// <inheritdoc/>
    public ScorerTraits Traits { get; }

    /// <inheritdoc/>
    public string? Stopped => _caller.Stopped is { } reason ? $"{Name}: {reason}" : null;

    /// <inheritdoc/>
    public string? Spending => Usage is var usage ? FormattableString.Invariant(
        $"{usage.Calls} calls to the RAIL API, {usage.CreditsSpent:0.##} credits, {usage.CacheHits} remembered there, {usage.ToRules} answers too short for it, {usage.Filtered} filtered, {usage.Throttled} calls too many") : null;

    /// <summary>What was asked of the service so far.</summary>
    public RailApiUsage Usage => _caller.Usage;

    /// <inheritdoc/>
    public async Task<ScoredResponse> ScoreAsync(ScoreRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Dimensions.IsEmpty)
            return new ScoredResponse(request.Prompt.Id, ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty, Refused(request.Answer)) { Scorer = Identity };
        if (IsShort(request.Answer))
            return await ByRulesAsync(request, cancellationToken).ConfigureAwait(false);
        RailApiPiece whole = TooLong(request) is { } reason
            ? Unscorable(request, reason)
            : await WholeAsync(request, cancellationToken).ConfigureAwait(false);
        Count(whole);
        return new ScoredResponse(request.Prompt.Id, whole.Scores, Refused(request.Answer)) { Scorer = Identity, ResolvedMode = whole.ResolvedMode };
    }

    /// <inheritdoc/>
    public void Dispose() => _caller.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"{Identity} at {_options.Address}";

    private async Task<ScoredResponse> ByRulesAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        _caller.Counts.Count(usage => usage with { ToRules = usage.ToRules + 1 });
        ScoredResponse scored = await _rules.ScoreAsync(request, cancellationToken).ConfigureAwait(false);
        return scored with { Scorer = _rules.Identity, Scores = scored.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => NotForBrevity(pair.Value)) };
    }

    // Being short is why the service cannot score it, and no reason for a low score.
    private static ScoreOutcome NotForBrevity(ScoreOutcome outcome) =>
        outcome is ScoreOutcome.Scored { Thousandths: < RulesScorer.Middling } scored && !scored.Issues.IsEmpty && scored.Issues.All(issue => RulesScorer.BrevityIssues.Contains(issue))
            ? new ScoreOutcome.Unscorable($"the answer is too short for {Name}, and the rules see nothing else in it")
            : outcome;

    private async Task<RailApiPiece> WholeAsync(ScoreRequest request, CancellationToken cancellationToken)
    {
        var pieces = new List<RailApiPiece>();
        foreach (string piece in AnswerPieces.Of(request.Answer, RailApiCall.MostContent))
        {
            // White space alone is nothing to score.
            if (!IsShort(piece))
                pieces.Add(await PieceAsync(RailApiCall.Of(request, piece, $"{pieces.Count}"), cancellationToken).ConfigureAwait(false));
        }

        return pieces.Count > 0 ? RailApiPieces.Whole(pieces) : Unscorable(request, "no part of the answer has words enough for the RAIL API");
    }

    private async Task<RailApiPiece> PieceAsync(RailApiCall call, CancellationToken cancellationToken)
    {
        RailApiPiece piece = await AskAsync(call, cancellationToken).ConfigureAwait(false);
        if (!piece.Scores.IsEmpty)
            return piece;
        // Critical, and no score told: the average over one dimension is its score, so that the worst answers are not lost.
        var scores = ImmutableSortedDictionary.CreateBuilder<Dimension, ScoreOutcome>();
        foreach (Dimension dimension in call.Dimensions)
        {
            RailApiPiece one = call.Dimensions.Length == 1 ? piece
                : await AskAsync(call with { Dimensions = [dimension], Id = $"{call.Id}/{dimension.Key()}" }, cancellationToken).ConfigureAwait(false);
            scores[dimension] = one.Scores.GetValueOrDefault(dimension) ?? new ScoreOutcome.Unscorable(
                $"critical: {Name} says that {dimension.Key()} scores under 3.0 and tells no number (422 RAIL_CRITICAL_CONTENT)");
        }

        return piece with { Scores = scores.ToImmutable() };
    }

    private async Task<RailApiPiece> AskAsync(RailApiCall call, CancellationToken cancellationToken)
    {
        try
        {
            RailApiReply reply = await _caller.AskAsync(call, cancellationToken).ConfigureAwait(false);
            if (reply.Critical)
                _caller.Counts.Count(usage => usage with { Critical = usage.Critical + 1 });
            return new RailApiPiece(reply.Scores, reply.ResolvedMode);
        }
        catch (EndpointException fault)
        {
            return All(call.Dimensions, OutcomeOf(fault));
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Such as the keeper of the account being out of reach. Its words are not known to be free of secrets.
            return All(call.Dimensions, new ScoreOutcome.Failed($"{Name}: the request could not be made ({e.GetType().Name})", Retryable: true));
        }
    }

    private static ScoreOutcome OutcomeOf(EndpointException fault) => fault.Kind == FaultKind.Unanswerable
        ? new ScoreOutcome.Unscorable(fault.Message)
        : new ScoreOutcome.Failed($"{Name}: {fault.Message}", fault.MayRetry);

    private string? TooLong(ScoreRequest request)
    {
        int most = _options.LongAnswers == LongAnswers.Split ? LongestAnswer : RailApiCall.MostContent;
        return request.Answer.Length <= most ? null
            : $"the answer has {request.Answer.Length} characters; {Name} takes {most}"
            + (_options.LongAnswers == LongAnswers.Split ? " in pieces" : ", and is not set to split longer ones");
    }

    private void Count(RailApiPiece whole)
    {
        long Any(Func<ScoreOutcome, bool> test) => whole.Scores.Values.Any(test) ? 1 : 0;
        _caller.Counts.Count(usage => usage with
        {
            Scored = usage.Scored + Any(outcome => outcome is ScoreOutcome.Scored),
            Unscorable = usage.Unscorable + Any(outcome => outcome is ScoreOutcome.Unscorable),
            Filtered = usage.Filtered + Any(outcome => outcome is ScoreOutcome.Unscorable { Reason: var reason } && reason.StartsWith(RailApiErrors.Filtered, StringComparison.Ordinal)),
            Failed = usage.Failed + Any(outcome => outcome is ScoreOutcome.Failed),
        });
    }

    private static RailApiPiece Unscorable(ScoreRequest request, string reason) => All(request.Dimensions, new ScoreOutcome.Unscorable(reason));

    private static RailApiPiece All(ImmutableArray<Dimension> dimensions, ScoreOutcome outcome) =>
        new(dimensions.ToImmutableSortedDictionary(dimension => dimension, _ => outcome), null);

    // Counted in whole characters, as servers mostly do; in the other direction, the longer count is the careful one.
    private static bool IsShort(string answer)
    {
        int count = 0;
        foreach (var _ in answer.AsSpan().Trim().EnumerateRunes())
        {
            if (++count == RailApiCall.LeastContent)
                return false;
        }

        return true;
    }

    private static bool? Refused(string answer) => answer.Length > LongestAnswer ? null : RefusalDetector.Of(answer) == Refusal.Full;

    private sealed record Basis(string Address, LongAnswers LongAnswers, string Rules);
}
