using System.Globalization;
using System.Text;
using System.Xml;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>
/// A verdict as a JUnit file: a test case for the verdict and one for every measure. A Block is a failure. What was to be judged and could not be is an
/// error and never a skipped test, because build servers count those as passed or not at all. What the policy does not gate, or no prompt exercises, is skipped.
/// </summary>
public static class JUnitReport
{
    /// <summary>The file's text.</summary>
    /// <param name="report">The verdict.</param>
    /// <param name="suite">The suite's name.</param>
    public static string Render(VerdictReport report, string suite)
    {
        var text = new StringBuilder();
        List<(string Name, List<JUnitCase> Cases)> suites = [(suite, Cases(report, suite))];
        if (report.AnchorTable is { } anchor) suites.Add(($"{suite} against the anchor", [.. anchor.Rows.Select(row => Case(row, $"{suite} against the anchor", report.Verdict.Outcome == VerdictOutcome.Inconclusive))]));
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            writer.WriteStartElement("testsuites");
            writer.WriteAttributeString("name", "rail gate");
            Counts(writer, [.. suites.SelectMany(one => one.Cases)]);
            for (var index = 0; index < suites.Count; index++) Suite(writer, report, suites[index].Name, suites[index].Cases, index);
            writer.WriteEndElement();
        }

        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{text}\n";
    }

    private static List<JUnitCase> Cases(VerdictReport report, string suite)
    {
        var verdict = report.Verdict;
        var state = verdict.Outcome switch
        {
            VerdictOutcome.Block => JUnitState.Failure,
            VerdictOutcome.Inconclusive => JUnitState.Error,
            _ => JUnitState.Passed,
        };
        var details = string.Join('\n', [.. verdict.Reasons, .. verdict.Resolution is { } resolution ? new[] { $"what would resolve it: {resolution}" } : []]);
        return [new JUnitCase("verdict", suite, state, Word(verdict), verdict.Headline, details), .. report.Table.Rows.Select(row => Case(row, suite, verdict.Outcome == VerdictOutcome.Inconclusive))];
    }

    private static JUnitCase Case(ComparisonRow row, string suite, bool isRequired)
    {
        var numbers = $"drop {row.Measure.Drop(row.Drop)} over {row.Declared} prompts ({row.Missing} missing), tolerance {row.Measure.Value(row.Tolerance)}, "
            + $"baseline {row.Measure.Value(row.Baseline)}, checkpoint {row.Measure.Value(row.Checkpoint)}";
        var state = row.Standing switch
        {
            MeasureStanding.Pass => JUnitState.Passed,
            MeasureStanding.Block => JUnitState.Failure,
            MeasureStanding.Undecided or MeasureStanding.Noisy => JUnitState.Error,
            // A blind scorer is an error only where the verdict failed for want of it.
            MeasureStanding.Blind when isRequired => JUnitState.Error,
            _ => JUnitState.Skipped,
        };
        return new JUnitCase(row.Measure.Key(), suite, state, row.Standing.Word(), $"{row.Measure.Label()}: {row.Standing.Word()}; {numbers}", numbers);
    }

    private static void Suite(XmlWriter writer, VerdictReport report, string name, List<JUnitCase> cases, int index)
    {
        writer.WriteStartElement("testsuite");
        writer.WriteAttributeString("name", Safe(name));
        writer.WriteAttributeString("id", index.ToString(CultureInfo.InvariantCulture));
        Counts(writer, cases);
        writer.WriteStartElement("properties");
        Property(writer, "outcome", Word(report.Verdict));
        Property(writer, "baseline", report.Baseline);
        Property(writer, "checkpoint", report.Checkpoint);
        Property(writer, "policy", report.Verdict.PolicyHash);
        foreach (var fact in report.RestsOn) Property(writer, fact.Name, fact.Value);
        writer.WriteEndElement();
        foreach (var one in cases) Case(writer, one);
        writer.WriteEndElement();
    }

    private static void Case(XmlWriter writer, JUnitCase one)
    {
        writer.WriteStartElement("testcase");
        writer.WriteAttributeString("name", one.Name);
        writer.WriteAttributeString("classname", Safe(one.Suite));
        writer.WriteAttributeString("time", "0");
        if (one.State != JUnitState.Passed)
        {
            writer.WriteStartElement(one.State.ToString().ToLowerInvariant());
            writer.WriteAttributeString("message", Safe(one.Message));
            if (one.State != JUnitState.Skipped)
            {
                writer.WriteAttributeString("type", one.Kind);
                writer.WriteString(Safe(one.Details, lines: true));
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void Property(XmlWriter writer, string name, string value)
    {
        writer.WriteStartElement("property");
        writer.WriteAttributeString("name", Safe(name));
        writer.WriteAttributeString("value", Safe(value));
        writer.WriteEndElement();
    }

    private static void Counts(XmlWriter writer, List<JUnitCase> cases)
    {
        writer.WriteAttributeString("tests", cases.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (name, state) in (ReadOnlySpan<(string, JUnitState)>)[("failures", JUnitState.Failure), ("errors", JUnitState.Error), ("skipped", JUnitState.Skipped)])
            writer.WriteAttributeString(name, cases.Count(one => one.State == state).ToString(CultureInfo.InvariantCulture));
        writer.WriteAttributeString("time", "0");
    }

    private static string Word(Verdict verdict) => verdict.Outcome.ToString().ToLowerInvariant();

    // Two characters that are no control characters and that XML does not know.
    private static string Safe(string text, bool lines = false)
    {
        var shown = lines ? string.Join('\n', text.Split('\n').Select(line => SafeText.Line(line, 2_000))) : SafeText.Line(text, 2_000);
        return shown.Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');
    }
}
