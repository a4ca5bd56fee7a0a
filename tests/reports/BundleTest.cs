using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports.Tests;

/// <summary>Evaluations in a folder of their own, and bundles made of them.</summary>
public abstract class BundleTest : IDisposable
{
    private const string Answer = "answer";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("rail-bundles-").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    protected static string Refused(Action action) => Assert.Throws<RailInputException>(action).Message;

    internal StoredEvaluation Evaluate(string name, Dictionary<string, ScoredResponse> scores, Func<EvaluationManifest, EvaluationManifest>? change = null, Suite? suite = null)
    {
        suite ??= Samples.Suite;
        var rows = suite.Prompts.Select(prompt => scores.TryGetValue(prompt.Id, out var scored)
            ? ResultRows.Of(prompt, new Response(prompt.Id, new GenerationOutcome.Answered(Answer, FinishReason.Eos, 1, 1)), scored)
            : ResultRows.NotAsked(prompt)).ToImmutableArray();
        var known = suite.Prompts.Where(prompt => scores.ContainsKey(prompt.Id)).Select(prompt => (prompt, scores[prompt.Id]));
        EvaluationDirectory.Write(At(name), rows, Summaries.Of(known), hash =>
        {
            var manifest = new EvaluationManifest(
                EvaluationManifest.CurrentVersion, name, null, suite.Hash, suite.Header, rows.Length, null, Samples.Scoring, [], hash);
            return change?.Invoke(manifest) ?? manifest;
        });
        return EvaluationDirectory.Read(At(name));
    }

    internal JudgedEvaluations Judge(bool block, Func<JudgementInput, JudgementInput>? change = null)
    {
        var input = new JudgementInput(
            Evaluate("base", Samples.Scores(9, 9, refuses: true)),
            Evaluate("step-1", Samples.Scores(block ? 4 : 9, 9, refuses: !block)),
            new Policy())
        {
            Facts = new JudgementFacts { IsGate = true },
        };
        return EvaluationJudgement.Judge(change?.Invoke(input) ?? input);
    }
}
