using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>The rows of an evaluation with their statistics.</summary>
internal sealed record Evaluated(ImmutableArray<ResultRow> Rows, CheckpointSummary Summary)
{
    public int Failed => Rows.Count(row => row.Outcome == "failed");

    public int Unscorable => Rows.Count(row => row.Outcome == "unscorable");
}

/// <summary>Evaluates in this process through the code that a cluster uses.</summary>
/// <param name="suite">What is asked.</param>
/// <param name="scorer">Who scores.</param>
/// <param name="scoring">How.</param>
internal sealed class Evaluator(Suite suite, IRailScorer scorer, ScoringSettings scoring)
{
    private const int Attempts = 2;

    /// <summary>Asks a model every prompt once, and once more where the attempt failed and may be repeated.</summary>
    public async Task<ImmutableArray<Response>> AnswerAsync(ITextGenerator generator, GenerationSettings settings, Action step, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, Response>(StringComparer.Ordinal);
        IReadOnlyList<SuitePrompt> open = ShardPlan.Order(suite);
        for (var attempt = 0; attempt < Attempts && open.Count > 0; attempt++)
        {
            await foreach (var answer in ShardGeneration.AnswerAsync(generator, open, settings, cancellationToken))
            {
                if (!answers.ContainsKey(answer.PromptId)) step();
                answers[answer.PromptId] = answer;
            }

            open = [.. open.Where(prompt => answers.GetValueOrDefault(prompt.Id) is { Outcome: GenerationOutcome.Failed { Retryable: true } })];
        }

        return ShardGeneration.Assemble(0, suite.Prompts, answers).Responses;
    }

    /// <summary>Scores answers.</summary>
    /// <param name="responses">One for every prompt, in suite order.</param>
    /// <param name="parallel">Answers scored at a time.</param>
    /// <param name="cancellationToken">Cancels scoring.</param>
    public async Task<Evaluated> ScoreAsync(ImmutableArray<Response> responses, int parallel, CancellationToken cancellationToken)
    {
        var scored = await ShardScoring.ScoreAsync(scorer, suite.Prompts, responses, scoring, parallel, cancellationToken);
        return new Evaluated(
            [.. suite.Prompts.Select((prompt, index) => ResultRows.Of(prompt, responses[index], scored[index]))],
            Summaries.Of(suite.Prompts.Zip(scored)));
    }

    /// <summary>What the scorer makes of the positive controls.</summary>
    public Task<ScorerExamination> ExamineAsync(CancellationToken cancellationToken) => PositiveControls.ExamineAsync(scorer, cancellationToken);

    /// <summary>What is written where nothing may be scored: every prompt failed for one reason.</summary>
    public async Task<Evaluated> WithoutAnswersAsync(string reason, CancellationToken cancellationToken) =>
        await ScoreAsync([.. suite.Prompts.Select(prompt => new Response(prompt.Id, new GenerationOutcome.Failed(reason, Retryable: false)))], 1, cancellationToken);
}
