using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>
/// Scores critical prompts that seem to have collapsed afresh, three times each answer, where another scoring could say otherwise. Where nobody can, the
/// verdict says that they are not confirmed.
/// </summary>
/// <param name="scorer">Opens the scorer.</param>
internal sealed class Confirming(Explaining scorer)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(20);

    private readonly Option<bool> _not = new("--no-confirm") { Description = "Does not score critical prompts afresh that seem to have collapsed." };

    public void AddTo(Command command) => command.Add(_not);

    /// <summary>What enters the verdict, with what fresh scorings said.</summary>
    public async Task<JudgementInput> ConfirmAsync(Terminal terminal, ParseResult parsed, JudgedEvaluations judged, CancellationToken cancellationToken)
    {
        var (input, comparison) = (judged.Input, judged.Comparison);
        var blind = EvaluationMatch.Blind(input.Sides.Select(side => side.Manifest));
        var open = CriticalCollapses.ToConfirm(comparison, input.Policy, blind);
        var anchored = comparison.Anchor is { } against ? CriticalCollapses.ToConfirm(against, input.Policy, blind) : [];
        if (parsed.GetValue(_not) || (open.IsEmpty && anchored.IsEmpty)) return input;
        var scored = input.Checkpoint.Manifest.Scoring.Scorer;
        try
        {
            await using var own = scorer.Open(parsed, scored.Name);
            await SayAsync(terminal, $"{open.Length + anchored.Length} critical collapses are scored afresh by {own.Bare.Identity}");
            var confirmer = new CollapseConfirmer(own.Scorer, TimeProvider.System);
            Task<ImmutableArray<CollapseConfirmation>> FreshAsync(ImmutableArray<CriticalCollapse> collapses, StoredEvaluation reference)
            {
                var ids = collapses.Select(one => one.PromptId).Distinct().ToList();
                return confirmer.ConfirmAsync(
                    collapses, input.Checkpoint.Suite.Prompts, reference.Responses(ids), input.Checkpoint.Responses(ids), input.Checkpoint.Manifest.Scoring, Within, cancellationToken);
            }

            return input with
            {
                Facts = input.Facts with
                {
                    Confirmations = await FreshAsync(open, input.Baseline),
                    AnchorConfirmations = input.Anchor is { } anchor ? await FreshAsync(anchored, anchor) : [],
                },
            };
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            await SayAsync(terminal, $"critical collapses are not confirmed: {exception.Message}");
            return input;
        }
    }

    private static Task SayAsync(Terminal terminal, string line) => terminal.Error.WriteLineAsync($"rail: {SafeText.Line(line, 1_000)}");
}
