using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>A verdict with all that it was drawn from.</summary>
/// <param name="Input">What entered.</param>
/// <param name="Comparison">Checkpoint against baseline.</param>
/// <param name="Verdict">The verdict.</param>
public sealed record JudgedEvaluations(JudgementInput Input, Comparison Comparison, Verdict Verdict)
{
    private const int WorstShown = 12;

    private readonly Lazy<Dictionary<string, SuitePrompt>> _prompts = new(() => Input.Checkpoint.Suite.Prompts.ToDictionary(prompt => prompt.Id, StringComparer.Ordinal));

    /// <summary>What a trainer does with it; nothing is known of earlier steps.</summary>
    public Directive Directive => Directives.For(Verdict, Input.Policy, lastPass: null);

    /// <summary>What a reader is shown.</summary>
    public VerdictReport Report()
    {
        var worst = WorstPrompts.Of(Comparison, Verdict, Answers, WorstShown);
        var report = new VerdictReport(Input.Baseline.Manifest.Name, Input.Checkpoint.Manifest.Name, Comparison, Verdict)
        {
            Worst = worst,
            RestsOn = EvaluationProvenance.Of(Input),
        };
        return ExplainedPrompts.Add(report, Input, Answers);
    }

    /// <summary>The verdict as programs read it.</summary>
    public VerdictDocument Document() => new(
        Verdict,
        Directive,
        Comparison,
        Input.Baseline.Manifest,
        Input.Checkpoint.Manifest,
        Input.Anchor?.Manifest,
        Comparison.Tasks,
        new VerdictReport(Input.Baseline.Manifest.Name, Input.Checkpoint.Manifest.Name, Comparison, Verdict).Trade,
        Input.Facts.Explanations.IsEmpty ? null : Input.Facts.Explanations);

    private PromptAnswers? Answers(string id) => _prompts.Value.TryGetValue(id, out var prompt)
        ? new PromptAnswers(Asked(prompt.Input), Input.Baseline.Answer(id), Input.Checkpoint.Answer(id))
        : null;

    private static string Asked(PromptInput input) => input is PromptInput.Tokens tokens ? $"({tokens.Ids.Length} token ids)" : input.Display();
}

/// <summary>A verdict as programs read it: <c>verdict.json</c>.</summary>
public sealed record VerdictDocument(
    Verdict Verdict,
    Directive Directive,
    Comparison Comparison,
    EvaluationManifest Baseline,
    EvaluationManifest Checkpoint,
    EvaluationManifest? Anchor,
    ImmutableArray<TaskChange> Tasks,
    string? Trade,
    ImmutableArray<PromptExplanation>? Explanations);
