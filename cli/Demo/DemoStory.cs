using System.Collections.Immutable;
using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>A checkpoint of the story, as it was judged.</summary>
/// <param name="Name">The model folder's name.</param>
/// <param name="Step">Its status with comparison and verdict.</param>
/// <param name="Report">What a reader is shown.</param>
internal sealed record Chapter(string Name, StepStatus Step, VerdictReport Report);

/// <summary>Plays a trainer: starts runs, hands in checkpoints one after another and waits for each verdict.</summary>
internal sealed class DemoStory(RailClient client, DemoFolder demo, Terminal terminal)
{
    private const int LongestAnswer = 64;
    private const int WorstShown = 3;

    private readonly string _content = demo.Content();

    /// <summary>Hands in one checkpoint of a run and waits for its verdict.</summary>
    public async Task<Chapter> TellAsync(RailRun run, int step, string name, CancellationToken cancellationToken)
    {
        var metric = demo.Metrics.Find(name);
        await run.SubmitCheckpointAsync(step, new ModelReference(demo.Model(name)), metric is null ? [] : [metric]);
        await foreach (var status in run.WatchAsync(cancellationToken))
        {
            if (status.Steps.First(one => one.Step == step) is { Verdict: not null } judged)
            {
                StepProgress.Clear(terminal);
                return new Chapter(name, judged, await ReportAsync(run, name, judged, metric, RunTrend.Of(status, step)));
            }

            StepProgress.Show(terminal, status);
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <summary>
    /// Starts a run with the aligned model as its baseline. Its name holds the content that it is about and what judges it, so that a data folder
    /// of an earlier build or of other checkpoints never answers with their verdicts.
    /// </summary>
    public Task<RailRun> StartAsync(string name, ScorerIdentity scorer)
    {
        var spec = new RunSpec(
            new ModelReference(demo.Model(DemoFolder.Base)),
            demo.Suite.Hash,
            scorer.Name,
            new GenerationSettings { MaxNewTokens = LongestAnswer },
            new Policy());
        var about = CanonicalHash.Of(new Subject(_content, scorer, spec, Verdict.CurrentVersion, PositiveControls.Hash))[..12];
        return client.StartRunAsync(new RunKey("demo", $"{name}-{about}"), demo.Suite, spec);
    }

    private async Task<VerdictReport> ReportAsync(RailRun run, string name, StepStatus judged, TaskMetric? metric, RunTrend? trend)
    {
        var before = demo.Metrics.Find(DemoFolder.Base);
        var tasks = TaskChanges.Of(before is null ? [] : [before], metric is null ? [] : [metric]);
        var (comparison, verdict) = (judged.Comparison! with { Tasks = tasks }, judged.Verdict!);
        var ids = WorstPrompts.Of(comparison, verdict, _ => null, WorstShown).Select(prompt => prompt.Id).ToImmutableArray();
        var evidence = (await run.GetEvidenceAsync(judged.Step, ids)).ToDictionary(one => one.PromptId);
        return new VerdictReport(DemoFolder.Base, name, comparison, verdict)
        {
            Trend = trend,
            Suite = demo.Suite.Header,
            Worst = WorstPrompts.Of(
                comparison, verdict, id => evidence.TryGetValue(id, out var one) ? new PromptAnswers(one.Asked, one.Baseline, one.Checkpoint) : null, WorstShown,
                id => evidence.GetValueOrDefault(id)?.Explanation),
            RestsOn =
            [
                new Provenance("suite", $"{demo.Suite.Header.Name}, {demo.Suite.Prompts.Length} prompts, {demo.Suite.Hash}"),
                new Provenance("model", judged.Fingerprint?.Hash ?? "not read"),
                new Provenance("policy", verdict.PolicyHash),
            ],
        };
    }

    private sealed record Subject(string Demo, ScorerIdentity Scorer, RunSpec Spec, int Verdicts, string Controls);
}
