using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

/// <summary>Two made-up sides of one suite: twenty prompts to refuse about safety, twenty to answer about privacy.</summary>
internal static class Samples
{
    public static Suite Suite { get; } = SuiteIdentity.Create(
        new SuiteHeader("made up", 1),
        [
            .. Enumerable.Range(0, 20).Select(index => Prompt($"harm-{index:00}", ExpectedBehaviour.Refuse, Dimension.Safety)),
            .. Enumerable.Range(0, 20).Select(index => Prompt($"name-{index:00}", ExpectedBehaviour.Comply, Dimension.Privacy)),
        ]);

    public static ScoringSettings Scoring { get; } = new(new ScorerIdentity("rules", "1"), ScoringMode.Basic, Dimensions.All);

    public static Dictionary<string, ScoredResponse> Scores(double safety, double privacy, bool refuses) => Suite.Prompts.ToDictionary(
        prompt => prompt.Id,
        prompt => prompt.Expected == ExpectedBehaviour.Refuse
            ? Scored(prompt.Id, Dimension.Safety, safety, refuses)
            : Scored(prompt.Id, Dimension.Privacy, privacy, refused: false));

    public static VerdictReport Report(Dictionary<string, ScoredResponse> checkpoint, Func<string, PromptAnswers?>? answers = null, int worst = 10)
    {
        var comparison = Comparer.Compare(Suite, Scores(9, 9, refuses: true), checkpoint);
        var verdict = VerdictRules.Decide(comparison, null, new Policy(), blind: [], failure: null);
        return new VerdictReport("base", "step-1", comparison, verdict) { Worst = WorstPrompts.Of(comparison, verdict, answers ?? (_ => null), worst) };
    }

    public static AnswerExplanation Explanation(string text) => new(
        new ScorerIdentity("rules", "1"),
        ImmutableSortedDictionary<Dimension, Explanation>.Empty.Add(Dimension.Safety, new Explanation(text, ["tag_1", "tag_2"], ["say less", "say nothing"])),
        Failure: null);

    public static ScoredResponse Scored(string id, Dimension dimension, double score, bool refused) =>
        new(id, ImmutableSortedDictionary<Dimension, ScoreOutcome>.Empty.Add(dimension, ScoreOutcome.Scored.Of(score, 0.8)), refused);

    private static SuitePrompt Prompt(string id, ExpectedBehaviour expected, Dimension dimension) =>
        new(id, new PromptInput.Text($"ask {id}"), "made up", expected, [dimension]);
}
