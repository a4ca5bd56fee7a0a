using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>The verdict, why, and what would change it.</summary>
internal static class VerdictSection
{
    public static Markup Render(VerdictReport report) => Markup.Of(
        $"""
        <section class="verdict {Class(report.Verdict.Outcome)}" aria-labelledby="verdict">
        <h1 id="verdict">{report.Verdict.Headline}</h1>
        <ul>
        {report.Verdict.Reasons.Select(reason => Markup.Of($"<li>{reason}</li>\n"))}</ul>
        {Change(report)}{Mismatches(report.Comparison)}<p class="note">Not judged: {NotJudged(report.Verdict)}. Overlap of suite and training data: {report.Verdict.Overlap}.</p>
        </section>

        """);

    private static Markup Change(VerdictReport report) => Markup.Join(
    [
        report.Verdict.Resolution is { } resolution
            ? Markup.Of($"<h2>What would resolve it</h2>\n<p>{HtmlText.Sentence(resolution)}</p>\n")
            : Markup.Empty,
        report.Verdict.Stopped is { } stopped
            ? Markup.Of($"<h2>Drawn early</h2>\n<p><span class=\"early\">After {stopped.Read} of {stopped.Total} prompts.</span> What would overturn it: {HtmlText.Ended(stopped.Overturn)}</p>\n")
            : Markup.Empty,
    ]);

    private static Markup Mismatches(Comparison comparison) => comparison.Mismatches.IsEmpty ? Markup.Empty : Markup.Of(
        $"""
        <h2>The two sides differ, and were allowed to</h2>
        <ul>
        {comparison.Mismatches.Select(mismatch => Markup.Of($"<li>{mismatch}</li>\n"))}</ul>

        """);

    private static string NotJudged(Verdict verdict) =>
        verdict.NotJudged.IsEmpty ? "nothing" : string.Join(", ", verdict.NotJudged.Select(MeasureText.Label));

    private static string Class(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => "pass",
        VerdictOutcome.Block => "block",
        _ => "undecided",
    };
}
