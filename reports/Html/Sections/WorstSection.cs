namespace RailCluster.Reports;

/// <summary>The prompts to look at first, with both answers side by side.</summary>
internal static class WorstSection
{
    // Beyond it an answer scrolls by itself, and a keyboard must reach it.
    private const int Tall = 700;
    private const int TallLines = 12;

    public static Markup Render(VerdictReport report) => report.Worst.IsEmpty
        ? Markup.Constant("<p>No prompt lost anything.</p>\n")
        : Markup.Of($"<p>Taken in turn from every measure that blocks, then from every other. What the models said is shown as text, whatever it holds.</p>\n{report.Worst.Select((prompt, index) => Article(report, prompt, index + 1))}");

    private static Markup Article(VerdictReport report, WorstPrompt prompt, int rank) => Markup.Of(
        $"""
        <article aria-labelledby="worst-{rank}">
        <h3 id="worst-{rank}">{rank}. {HtmlText.Name(prompt.Id)}</h3>
        <p class="note">{string.Join("; ", prompt.Changes)}</p>
        {Answers(report, prompt, rank)}</article>

        """);

    private static Markup Answers(VerdictReport report, WorstPrompt prompt, int rank) => prompt.Answers is not { } answers ? Markup.Empty : Markup.Of(
        $"""
        <blockquote dir="auto">{HtmlText.Long(answers.Prompt)}</blockquote>
        <div class="sides">
        {Side("baseline", report.Baseline, answers.Baseline, ExplanationText.Lines(prompt.Explanation?.Baseline), rank)}{Side("checkpoint", report.Checkpoint, answers.Checkpoint, ExplanationText.Lines(prompt.Explanation?.Checkpoint), rank)}</div>

        """);

    private static Markup Side(string side, string name, string? answer, IEnumerable<string> explanation, int rank) => Markup.Of(
        $"""
        <div class="{side}-side">
        <h4><span class="{side}">{side}</span>: {HtmlText.Name(name)}</h4>
        <div class="answer" dir="auto"{Reachable(side, answer, rank)}>{Answer(answer)}</div>
        {explanation.Select(line => Markup.Of($"<p class=\"note\" dir=\"auto\">{HtmlText.Long(line)}</p>\n"))}</div>

        """);

    private static Markup Answer(string? answer) => answer switch
    {
        null => Markup.Constant("<em>no answer</em>"),
        _ when string.IsNullOrWhiteSpace(answer) => Markup.Constant("<em>an empty answer</em>"),
        _ => HtmlText.Long(answer),
    };

    private static Markup Reachable(string side, string? answer, int rank) => answer is null || (answer.Length <= Tall && answer.AsSpan().Count('\n') <= TallLines)
        ? Markup.Empty
        : Markup.Of($" role=\"region\" aria-label=\"Answer of the {side} to prompt {rank}\" tabindex=\"0\"");
}
