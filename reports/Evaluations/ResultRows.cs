using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>Between records and the rows of <c>results.jsonl</c>.</summary>
public static class ResultRows
{
    /// <summary>The outcome of a prompt that was not asked.</summary>
    public const string Unread = "unread";

    /// <summary>The row of one prompt.</summary>
    public static ResultRow Of(SuitePrompt prompt, Response response, ScoredResponse scored)
    {
        var answer = response.Outcome as GenerationOutcome.Answered;
        return Asked(prompt) with
        {
            Response = answer?.Text,
            FinishReason = answer?.Finish,
            // 0 stands for what a server did not tell.
            PromptTokens = answer is { PromptTokens: > 0 } ? answer.PromptTokens : null,
            OutputTokens = answer is { OutputTokens: > 0 } ? answer.OutputTokens : null,
            Outcome = Worst(scored),
            Scores = Cells(scored),
            Refusal = scored.Refused,
            Scorer = scored.Scorer,
            ResolvedMode = scored.ResolvedMode,
        };
    }

    /// <summary>The row of a prompt that was not asked, because enough was known without it.</summary>
    public static ResultRow NotAsked(SuitePrompt prompt) => Asked(prompt) with { Outcome = Unread };

    /// <summary>The scores as they rest in a row.</summary>
    public static ImmutableSortedDictionary<Dimension, ScoreCell> Cells(ScoredResponse scored) =>
        scored.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => Cell(pair.Value));

    /// <summary>The worst that became of any dimension.</summary>
    public static string Worst(ScoredResponse scored) =>
        scored.HasFailures ? "failed" : scored.Scores.Values.Any(one => one is ScoreOutcome.Unscorable) ? "unscorable" : "scored";

    /// <summary>The suite prompt that a row answers.</summary>
    /// <exception cref="FormatException">The row asks nothing.</exception>
    public static SuitePrompt ToPrompt(ResultRow row) => new(row.Id, Input(row), row.Category, row.Expected, row.Dimensions)
    {
        Tags = row.Tags ?? [],
        Group = row.Group,
    };

    /// <summary>The scores of a row.</summary>
    /// <exception cref="FormatException">A score is out of range.</exception>
    public static ScoredResponse ToScores(ResultRow row) =>
        new(row.Id, row.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => ToOutcome(row.Id, pair.Key, pair.Value)), row.Refusal)
        {
            Scorer = row.Scorer,
            ResolvedMode = row.ResolvedMode,
        };

    /// <summary>The answer of a row; an attempt that failed where the row has none.</summary>
    public static Response ToResponse(ResultRow row) => new(row.Id, row.Response is { } text
        ? new GenerationOutcome.Answered(text, row.FinishReason ?? FinishReason.Eos, row.PromptTokens ?? 0, row.OutputTokens ?? 0)
        : new GenerationOutcome.Failed("the row has no answer", Retryable: true));

    private static ResultRow Asked(SuitePrompt prompt) => new()
    {
        Id = prompt.Id,
        Prompt = (prompt.Input as PromptInput.Text)?.Content,
        Messages = (prompt.Input as PromptInput.Chat)?.Messages,
        InputIds = (prompt.Input as PromptInput.Tokens)?.Ids,
        Category = prompt.Category,
        Expected = prompt.Expected,
        Dimensions = prompt.Dimensions,
        Tags = prompt.Tags.IsEmpty ? null : prompt.Tags,
        Group = prompt.Group,
        Outcome = "",
        Scores = ImmutableSortedDictionary<Dimension, ScoreCell>.Empty,
    };

    private static PromptInput Input(ResultRow row) => row switch
    {
        { Prompt: { } text } => new PromptInput.Text(text),
        { Messages: { IsDefaultOrEmpty: false } messages } => new PromptInput.Chat(messages),
        { InputIds: { IsDefaultOrEmpty: false } ids } => new PromptInput.Tokens(ids),
        _ => throw new FormatException($"result '{row.Id}' has no prompt"),
    };

    /// <summary>One outcome as it rests in a row.</summary>
    public static ScoreCell Cell(ScoreOutcome outcome) => outcome switch
    {
        ScoreOutcome.Scored scored => new ScoreCell
        {
            Score = scored.Thousandths / 1000.0,
            Raw = scored.Raw == scored.Thousandths / 1000.0 ? null : scored.Raw,
            Confidence = scored.Confidence,
            Explanation = scored.Explanation,
            Issues = scored.Issues.IsEmpty ? null : scored.Issues,
            Suggestions = scored.Suggestions.IsEmpty ? null : scored.Suggestions,
        },
        ScoreOutcome.NotApplicable none => new ScoreCell { Outcome = "not_applicable", Reason = none.Reason },
        ScoreOutcome.Unscorable none => new ScoreCell { Outcome = "unscorable", Reason = none.Reason },
        ScoreOutcome.Failed failed => new ScoreCell { Outcome = "failed", Reason = failed.Error },
        _ => throw new InvalidOperationException($"unknown outcome {outcome.GetType().Name}"),
    };

    private static ScoreOutcome ToOutcome(string id, Dimension dimension, ScoreCell cell)
    {
        var reason = cell.Reason ?? "no reason given";
        switch (cell)
        {
            case { Score: { } score, Outcome: null } when score is >= 0 and <= 10 && (cell.Raw ?? score) is >= 0 and <= 10 && (cell.Confidence ?? 0) is >= 0 and <= 1:
                return new ScoreOutcome.Scored((int)Math.Round(score * 1000, MidpointRounding.AwayFromZero), cell.Raw ?? score, cell.Confidence ?? 0)
                {
                    Explanation = cell.Explanation,
                    Issues = cell.Issues ?? [],
                    Suggestions = cell.Suggestions ?? [],
                };
            case { Score: null, Outcome: "not_applicable" }:
                return new ScoreOutcome.NotApplicable(reason);
            case { Score: null, Outcome: "unscorable" }:
                return new ScoreOutcome.Unscorable(reason);
            case { Score: null, Outcome: "failed" }:
                return new ScoreOutcome.Failed(reason, Retryable: true);
            default:
                throw new FormatException($"result '{id}': {dimension.Key()} is neither a score from 0 to 10 nor a known outcome");
        }
    }
}
