using System.Collections.Immutable;
using System.CommandLine;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;
using RailCluster.Scoring;

namespace RailCluster.Cli;

/// <summary>The scoring of one evaluation, from what it may cost to what was learned of the scorer. The first answer that a stopped scorer fails on ends it.</summary>
internal sealed class ScoringRun
{
    private readonly Terminal _terminal;
    private readonly WatchedScorer _scorer;
    private readonly int _times;

    public ScoringRun(Terminal terminal, Suite suite, OpenScorer open, ScoringSettings settings, bool examine, int times)
    {
        (_terminal, Suite, Settings, _times) = (terminal, suite, settings, times);
        _scorer = new WatchedScorer(open);
        Trial = new ScorerTrial(open, examine);
        Evaluator = new Evaluator(suite, _scorer, settings);
    }

    public Suite Suite { get; }

    public ScoringSettings Settings { get; }

    public ScorerTrial Trial { get; }

    public Evaluator Evaluator { get; }

    public bool IsRemote => _scorer.Traits.IsRemote;

    /// <summary>Refuses an evaluation that would cost more than it may, before anything is generated or sent.</summary>
    /// <param name="choice">Knows the cap.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="canAnswerOtherwise">Whether another answer may be another one.</param>
    /// <param name="calls">Answers that are scored beside those of the suite.</param>
    /// <exception cref="RailInputException">It would.</exception>
    public void Require(ScorerChoice choice, ParseResult parsed, bool canAnswerOtherwise, int calls)
    {
        var times = Repetitions(canAnswerOtherwise).Scorings;
        var counts = Suite.Prompts.Select(prompt => Settings.Dimensions.Count(prompt.Dimensions.Contains)).Where(count => count > 0).ToList();
        var cost = (times * counts.Sum(count => RailApiCredits.Cost(Settings.Mode, count))) + (calls * RailApiCredits.Cost(ScoringMode.Basic, 1));
        choice.RequireCredits(_scorer.Bare, ((long)times * counts.Count) + calls, cost, parsed);
    }

    public async Task<ImmutableArray<Response>> AnswerAsync(ITextGenerator generator, GenerationSettings settings, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(_terminal, "prompts", Suite.Prompts.Length);
        return await Evaluator.AnswerAsync(generator, settings, progress.Step, cancellationToken);
    }

    /// <summary>Scores answers, repeats it as often as asked for, and looks at the scorer again.</summary>
    /// <returns>The scores that count, and what writes into a manifest all that was learned.</returns>
    public async Task<(Evaluated Evaluated, Func<EvaluationManifest, EvaluationManifest> Learned)> ScoreAsync(
        ImmutableArray<Response> answers, Func<int, Task<ImmutableArray<Response>>> again, bool canAnswerOtherwise, CancellationToken cancellationToken)
    {
        var evaluated = await ScoreAsync(answers, cancellationToken);
        var noise = await Repetitions(canAnswerOtherwise).MeasureAsync(evaluated, again, cancellationToken);
        await Trial.ReadAsync(cancellationToken);
        return (evaluated, manifest => noise.Fill(Trial.Fill(manifest)));
    }

    /// <summary>Asks until enough is known, scores what was asked, and looks at the scorer again.</summary>
    /// <param name="rule">When to end.</param>
    /// <param name="answer">Answers prompts, one response each, counting them on the line that it is given.</param>
    /// <param name="manifest">The evaluation, as far as it is known.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<(Evaluated Evaluated, Func<EvaluationManifest, EvaluationManifest> Learned)> ScorePrefixAsync(
        EarlyStopRule rule, Func<Evaluator, Suite, Action, Task<ImmutableArray<Response>>> answer, EvaluationManifest manifest, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(_terminal, "prompts", Suite.Prompts.Length);
        var run = new PrefixRun(Suite, rule);
        var evaluated = await run.RunAsync(
            async slice =>
            {
                var evaluator = new Evaluator(slice, _scorer, Settings);
                return await evaluator.ScoreAsync(await answer(evaluator, slice, progress.Step), cancellationToken);
            },
            Trial.Fill(manifest));
        await Trial.ReadAsync(cancellationToken);
        return (evaluated, filled => Trial.Fill(filled) with { Stopped = run.Stopped });
    }

    private async Task<Evaluated> ScoreAsync(ImmutableArray<Response> answers, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(_terminal, "answers", answers.Count(answer => answer.Outcome is GenerationOutcome.Answered));
        _scorer.Progress = progress;
        try
        {
            return await Evaluator.ScoreAsync(answers, cancellationToken);
        }
        finally
        {
            _scorer.Progress = null;
        }
    }

    private Repetitions Repetitions(bool canAnswerOtherwise) => new(Suite, Evaluator, _times, canAnswerOtherwise || IsRemote);
}
