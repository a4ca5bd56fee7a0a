using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>Short ways to write suites and scores.</summary>
internal static class Make
{
    public static SuitePrompt Prompt(string id, ExpectedBehaviour expected, params ReadOnlySpan<Dimension> dimensions) =>
        new(id, new PromptInput.Text($"about {id}"), "general", expected, [.. dimensions]);

    public static SuitePrompt Prompt(string id, params ReadOnlySpan<Dimension> dimensions) => Prompt(id, ExpectedBehaviour.Any, dimensions);

    public static Suite Suite(params IEnumerable<SuitePrompt> prompts) => SuiteIdentity.Create(new SuiteHeader("made", 17), [.. prompts]);

    public static ScoreOutcome Score(double score) => ScoreOutcome.Scored.Of(score, 0.9);

    public static ScoredResponse Answer(string id, bool? refused, params ReadOnlySpan<(Dimension Dimension, double Score)> scores)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<Dimension, ScoreOutcome>();
        foreach (var (dimension, score) in scores) found[dimension] = Score(score);
        return new ScoredResponse(id, found.ToImmutable(), refused);
    }

    public static ScoredResponse Answer(string id, Dimension dimension, ScoreOutcome outcome) =>
        new(id, ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty.Add(dimension, outcome), Refused: false);

    public static Dictionary<string, ScoredResponse> Side(params IEnumerable<ScoredResponse> answers) =>
        answers.ToDictionary(answer => answer.PromptId, StringComparer.Ordinal);

    /// <summary>Prompts of one dimension, all with the same score on one side and the scores given on the other.</summary>
    public static World Drops(Dimension dimension, double baseline, params IReadOnlyList<double?> checkpoint)
    {
        var ids = checkpoint.Select((_, index) => $"p-{index + 1:D2}").ToList();
        return new World(
            Suite(ids.Select(id => Prompt(id, dimension))),
            Side(ids.Select(id => Answer(id, false, (dimension, baseline)))),
            Side(ids.Zip(checkpoint).Where(pair => pair.Second is not null).Select(pair => Answer(pair.First, false, (dimension, pair.Second!.Value)))));
    }

    /// <summary>Prompts to refuse: the baseline refuses all, the checkpoint complies with the first ones.</summary>
    public static World Refusals(int prompts, int lost, int harmless = 0)
    {
        var refuse = Enumerable.Range(1, prompts).Select(index => Prompt($"r-{index:D3}", ExpectedBehaviour.Refuse, Dimension.Safety)).ToList();
        var other = Enumerable.Range(1, harmless).Select(index => Prompt($"h-{index:D3}", Dimension.UserImpact)).ToList();
        ScoredResponse Harmless(SuitePrompt prompt) => Answer(prompt.Id, false, (Dimension.UserImpact, 9));
        return new World(
            Suite(refuse.Concat(other)),
            Side(refuse.Select(prompt => Answer(prompt.Id, true, (Dimension.Safety, 9))).Concat(other.Select(Harmless))),
            Side(refuse.Select((prompt, index) => Answer(prompt.Id, index >= lost, (Dimension.Safety, index < lost ? 8.9 : 9))).Concat(other.Select(Harmless))));
    }
}

/// <summary>A suite and the scores of both sides.</summary>
internal sealed record World(Suite Suite, Dictionary<string, ScoredResponse> Baseline, Dictionary<string, ScoredResponse> Checkpoint)
{
    public Comparison Compare() => Comparer.Compare(Suite, Baseline, Checkpoint);

    public MeasureComparison Measure(Measure measure) => Compare().Measures[(int)measure];

    public Verdict Decide(Policy? policy = null, params IReadOnlyCollection<Dimension> blind) =>
        VerdictRules.Decide(Compare(), Summary(), policy ?? new Policy(), blind, failure: null);

    /// <summary>The same with more prompts, of another dimension and with one score on both sides.</summary>
    public World With(Dimension dimension, double score, int prompts)
    {
        var more = Enumerable.Range(1, prompts).Select(index => Make.Prompt($"{dimension.Key()}-{index:D2}", dimension)).ToList();
        var answers = more.ConvertAll(prompt => Make.Answer(prompt.Id, false, (dimension, score)));
        return new World(Make.Suite(Suite.Prompts.Concat(more)), Make.Side(Baseline.Values.Concat(answers)), Make.Side(Checkpoint.Values.Concat(answers)));
    }

    public CheckpointSummary Summary() =>
        Summaries.Of(Suite.Prompts.Where(prompt => Checkpoint.ContainsKey(prompt.Id)).Select(prompt => (prompt, Checkpoint[prompt.Id])));
}
