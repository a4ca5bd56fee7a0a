using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>What the verdict rests on: everything that must be the same for it to come out the same.</summary>
internal static class ProvenanceSection
{
    public static Markup Render(VerdictReport report) => new HtmlTable(
        "facts",
        "Everything that must be the same for the verdict to come out the same.",
        ["what", "value"],
        report.RestsOn.Concat(Claims(report)).Select(fact => new[] { HtmlTable.Cell(fact.Name), HtmlText.Long(fact.Value) }))
    { Class = "facts" }.Render();

    private static IEnumerable<Provenance> Claims(VerdictReport report)
    {
        var comparison = report.Comparison;
        if (comparison.Sequential is { } reading)
        {
            yield return new Provenance("error share", $"{IntervalText.Level(reading.Alpha)}: the share of the policy's error rate that this checkpoint may spend");
            yield return new Provenance("claim", Claim(reading.Target, report.Suite));
            yield return new Provenance("prompts read", $"{reading.Read} of {reading.Total}");
        }

        if (report.Suite is { } suite)
            yield return new Provenance("prompts were", suite.Population is { } population ? $"drawn at random from {population}" : "picked by hand: no verdict reaches beyond them");
        yield return new Provenance("repeatable", comparison.Repeatable ? "yes: the same models would get the same scores again" : "no: scores or answers waver, and nothing is decided by count alone");
        yield return new Provenance("suite and training data", Overlap(comparison.Overlap, report.Verdict));
        if (report.RestsOn.All(fact => fact.Name != "policy")) yield return new Provenance("policy", report.Verdict.PolicyHash);
    }

    private static string Claim(EvidenceTarget target, SuiteHeader? suite) => target == EvidenceTarget.Suite
        ? "the mean over this suite's prompts"
        : suite is { Population: null } ? "the population that the prompts were drawn from; these were picked by hand, so read it as this suite" : "the population that the prompts were drawn from";

    private static string Overlap(SuiteOverlap? overlap, Verdict verdict) => overlap is null
        ? verdict.Overlap
        : $"{overlap.Exact} of {overlap.Prompts} prompts stand in the training data word for word, {overlap.Near} more share thirteen words in a row with it (training file {overlap.TrainingHash})";
}
