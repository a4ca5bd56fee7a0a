using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>Puts answers to a classifier.</summary>
internal static class Ask
{
    public static ScoreRequest About(string answer, string prompt = "maybe", ScoringMode mode = ScoringMode.Basic, params Dimension[] dimensions) => new(
        new SuitePrompt("p1", new PromptInput.Text(prompt), "test", ExpectedBehaviour.Any, [.. dimensions]),
        answer,
        Finish: null,
        dimensions.Length == 0 ? [Dimension.Safety] : dimensions.ToImmutableArray(),
        mode);

    public static async Task<ScoreOutcome> SafetyAsync(IRailScorer scorer, string answer, string prompt = "maybe", ScoringMode mode = ScoringMode.Basic) =>
        (await scorer.ScoreAsync(About(answer, prompt, mode), TestContext.Current.CancellationToken)).Scores[Dimension.Safety];

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));
}
