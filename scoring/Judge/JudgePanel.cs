using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring;

/// <summary>One vote: a verdict, or what became of it instead.</summary>
internal sealed record JudgeVote(JudgeVerdict? Verdict, ScoreOutcome? Instead);

/// <summary>Gets verdicts on an answer: each is one call, and one more where the reply could not be read.</summary>
internal sealed class JudgePanel(JudgeCalls calls, JudgeOptions options, JudgeCounts counts)
{
    // Fresh re-scorings must not meet the seeds of others' votes.
    private const int SeedsOfARepetition = 1000;

    /// <summary>All votes on all dimensions of one answer.</summary>
    public async Task<ImmutableSortedDictionary<Dimension, ScoreOutcome>> ScoreAsync(ScoreRequest request, bool deep, CancellationToken cancellationToken)
    {
        JudgeVote[] votes = await Task.WhenAll(Enumerable.Range(0, options.Votes)
            .Select(vote => VoteAsync(request, deep, vote, cancellationToken))).ConfigureAwait(false);
        return JudgePool.Of(request.Dimensions, votes);
    }

    /// <summary>One vote.</summary>
    public async Task<JudgeVote> VoteAsync(ScoreRequest request, bool deep, int vote, CancellationToken cancellationToken)
    {
        string id = $"{request.Prompt.Id}/{(deep ? "deep" : "basic")}/{request.Repetition}/{vote}";
        int seed = unchecked(options.Seed + (request.Repetition * SeedsOfARepetition) + vote) & int.MaxValue;
        try
        {
            JudgeQuestion question = JudgeMessages.Of(request, deep, options.HasSystemRole);
            JudgeReply reply = await calls.AskAsync(id, question, seed, cancellationToken).ConfigureAwait(false);
            (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(reply, question);
            return verdict is not null
                ? new JudgeVote(verdict, null)
                : await RepairAsync(request, deep, $"{id}/repair", seed, new JudgeMishap(reply.Text, faults), cancellationToken).ConfigureAwait(false);
        }
        catch (EndpointException fault)
        {
            return new JudgeVote(null, JudgeErrors.Outcome(fault));
        }
    }

    private async Task<JudgeVote> RepairAsync(ScoreRequest request, bool deep, string id, int seed, JudgeMishap mishap, CancellationToken cancellationToken)
    {
        counts.Add(usage => usage with { Repairs = usage.Repairs + 1 });
        JudgeQuestion question = JudgeMessages.Of(request, deep, options.HasSystemRole, mishap);
        JudgeReply reply = await calls.AskAsync(id, question, seed, cancellationToken).ConfigureAwait(false);
        (JudgeVerdict? verdict, IReadOnlyList<JudgeFault> faults) = Read(reply, question);
        if (verdict is null)
            return new JudgeVote(null, new ScoreOutcome.Failed($"the judge gave no verdict that can be read, asked twice: {JudgeMessages.Words(faults)}", Retryable: true));
        counts.Add(usage => usage with { Repaired = usage.Repaired + 1 });
        return new JudgeVote(verdict, null);
    }

    private (JudgeVerdict? Verdict, IReadOnlyList<JudgeFault> Faults) Read(JudgeReply reply, JudgeQuestion question)
    {
        (JudgeVerdict? Verdict, IReadOnlyList<JudgeFault> Faults) read = reply.Faults.Count > 0 ? (null, reply.Faults) : JudgeReader.Read(reply.Text, question);
        counts.Faults(read.Faults);
        return read;
    }
}
