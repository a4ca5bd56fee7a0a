using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>Reads what both sides of a comparison said, from their sealed answers.</summary>
public sealed class EvidenceReader(IObjectStore store, SuiteShelf suites)
{
    /// <summary>The answers to prompts, in the order asked for.</summary>
    public Task<ImmutableArray<PromptEvidence>> ReadAsync(
        string project,
        string suiteHash,
        RunStep baseline,
        RunStep step,
        ImmutableArray<string> promptIds,
        CancellationToken cancellationToken = default) =>
        Task.Run(() => ReadOffTurnAsync(project, suiteHash, baseline, step, promptIds, cancellationToken), cancellationToken);

    private async Task<ImmutableArray<PromptEvidence>> ReadOffTurnAsync(
        string project, string suiteHash, RunStep baseline, RunStep step, ImmutableArray<string> promptIds, CancellationToken cancellationToken)
    {
        var suite = await suites.GetAsync(project, suiteHash, cancellationToken);
        var before = await AnswersAsync(suite, baseline, promptIds, cancellationToken);
        var after = await AnswersAsync(suite, step, promptIds, cancellationToken);
        var asked = suite.Suite.Prompts.Where(prompt => promptIds.Contains(prompt.Id)).ToDictionary(prompt => prompt.Id, prompt => prompt.Input.Display());
        return [.. promptIds.Where(asked.ContainsKey).Select(id => new PromptEvidence(id, asked[id], before.GetValueOrDefault(id), after.GetValueOrDefault(id)))];
    }

    private async Task<Dictionary<string, string>> AnswersAsync(
        OrderedSuite suite, RunStep step, ImmutableArray<string> promptIds, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (step is not { Plan: { } plan, Checkpoint: { } checkpoint }) return answers;
        var shards = Enumerable.Range(0, suite.Order.Length).Where(position => promptIds.Contains(suite.Order[position].Id))
            .Select(position => position / plan.Settings.ShardSize).Distinct();
        foreach (var shard in shards)
        {
            var set = await store.GetRecordAsync<ResponseSet>(ObjectKeys.Answers(new ShardKey(checkpoint, shard)), cancellationToken);
            foreach (var response in set?.Responses ?? [])
                if (response.Outcome is GenerationOutcome.Answered answered) answers[response.PromptId] = answered.Text;
        }

        return answers;
    }
}
