using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>The rows of an evaluation with their statistics.</summary>
internal sealed record Evaluated(ImmutableArray<ResultRow> Rows, CheckpointSummary Summary)
{
    public int Failed => Rows.Count(row => row.Outcome == "failed");

    /// <summary>What the first row that failed says.</summary>
    public string? FirstFailure => Rows.FirstOrDefault(row => row.Outcome == "failed")?.Scores.Values.FirstOrDefault(cell => cell.Outcome == "failed")?.Reason;

    public int Unscorable => Rows.Count(row => row.Outcome == "unscorable");
}

/// <summary>Evaluates in this process through the code that a cluster uses.</summary>
/// <param name="suite">What is asked.</param>
/// <param name="scorer">Who scores.</param>
/// <param name="scoring">How.</param>
internal sealed class Evaluator(Suite suite, IRailScorer scorer, ScoringSettings scoring)
{
    private const int Attempts = 2;
    private const int MostInFlight = 1_024;

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

    /// <summary>Scores answers, as many at a time as the scorer wants.</summary>
    /// <param name="responses">One for every prompt, in suite order.</param>
    /// <param name="cancellationToken">Cancels scoring.</param>
    /// <param name="repetition">0 for the scores that count.</param>
    public async Task<Evaluated> ScoreAsync(ImmutableArray<Response> responses, CancellationToken cancellationToken, int repetition = 0)
    {
        var settings = scoring with { Repetition = repetition };
        var parallel = Math.Clamp(scorer.Traits.InFlight, 1, MostInFlight);
        var scored = await ShardScoring.ScoreAsync(scorer, suite.Prompts, responses, settings, parallel, cancellationToken);
        (scorer as WatchedScorer)?.ThrowIfStopped();
        return new Evaluated(
            [.. suite.Prompts.Select((prompt, index) => ResultRows.Of(prompt, responses[index], scored[index]))],
            Summaries.Of(suite.Prompts.Zip(scored)));
    }

    /// <summary>What is written where nothing may be scored: every prompt failed for one reason.</summary>
    public async Task<Evaluated> WithoutAnswersAsync(string reason, CancellationToken cancellationToken) =>
        await ScoreAsync([.. suite.Prompts.Select(prompt => new Response(prompt.Id, new GenerationOutcome.Failed(reason, Retryable: false)))], cancellationToken);
}
