using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>Reads what both sides of a comparison said, from their sealed answers, with what explains their scores.</summary>
public sealed class EvidenceReader(IObjectStore store, SuiteShelf suites, SideReader sides)
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
        var before = await sides.AnswersAsync(suite, baseline, promptIds, cancellationToken);
        var after = await sides.AnswersAsync(suite, step, promptIds, cancellationToken);
        var explained = await ExplanationsAsync(step, cancellationToken);
        var asked = suite.Suite.Prompts.Where(prompt => promptIds.Contains(prompt.Id)).ToDictionary(prompt => prompt.Id, prompt => prompt.Input.Display());
        return
        [
            .. promptIds.Where(asked.ContainsKey).Select(id => new PromptEvidence(id, asked[id], Text(before, id), Text(after, id))
            {
                Explanation = explained.GetValueOrDefault(id),
            }),
        ];
    }

    private async Task<Dictionary<string, PromptExplanation>> ExplanationsAsync(RunStep step, CancellationToken cancellationToken)
    {
        var set = step.Explanations is { } key ? await store.GetRecordAsync<ExplanationSet>(key, cancellationToken) : null;
        return set?.Prompts.ToDictionary(one => one.PromptId, StringComparer.Ordinal) ?? [];
    }

    private static string? Text(Dictionary<string, Response> answers, string id) =>
        (answers.GetValueOrDefault(id)?.Outcome as GenerationOutcome.Answered)?.Text;
}
