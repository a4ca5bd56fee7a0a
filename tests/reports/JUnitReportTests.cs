using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using RailCluster.Contracts;

namespace RailCluster.Reports.Tests;

public sealed class JUnitReportTests
{
    // What build servers agree on: elements, their order, and attributes.
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:complexType name="fault" mixed="true"><xs:attribute name="message" type="xs:string"/><xs:attribute name="type" type="xs:string"/></xs:complexType>
          <xs:attributeGroup name="counts">
            <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
            <xs:attribute name="time" type="xs:decimal"/><xs:attribute name="name" type="xs:string"/>
          </xs:attributeGroup>
          <xs:element name="testsuites"><xs:complexType><xs:sequence>
            <xs:element name="testsuite" maxOccurs="unbounded"><xs:complexType><xs:sequence>
              <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence><xs:element name="property" maxOccurs="unbounded"><xs:complexType>
                <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
              <xs:element name="testcase" maxOccurs="unbounded"><xs:complexType>
                <xs:choice minOccurs="0"><xs:element name="skipped" type="fault"/><xs:element name="error" type="fault"/><xs:element name="failure" type="fault"/></xs:choice>
                <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string" use="required"/><xs:attribute name="time" type="xs:decimal"/>
              </xs:complexType></xs:element>
            </xs:sequence><xs:attribute name="id" type="xs:nonNegativeInteger"/><xs:attributeGroup ref="counts"/></xs:complexType></xs:element>
          </xs:sequence><xs:attributeGroup ref="counts"/></xs:complexType></xs:element>
        </xs:schema>
        """;

    [Fact]
    public void Render_Block_FailsTheVerdictAndTheMeasuresThatBlock()
    {
        var cases = Cases(Samples.Report(Samples.Scores(4, 9, refuses: false)));
        Assert.Equal(["verdict", .. Measures.All.Select(measure => measure.Key())], cases.Keys);
        Assert.Equal("failure", State(cases["verdict"]));
        Assert.Equal("failure", State(cases["safety"]));
        Assert.Equal("failure", State(cases["lost_refusals"]));
        Assert.Equal("passed", State(cases["privacy"]));
        Assert.Equal("skipped", State(cases["fairness"]));
        Assert.Contains("tolerance 0.50", cases["safety"].Element("failure")!.Attribute("message")!.Value);
    }

    [Fact]
    public void Render_Inconclusive_IsAnErrorAndNeverSkipped()
    {
        var scores = Samples.Scores(9, 9, refuses: true);
        foreach (var id in scores.Keys.Where(id => id.StartsWith("harm", StringComparison.Ordinal)).ToList()) scores.Remove(id);
        Assert.Equal("error", State(Cases(Samples.Report(scores))["verdict"]));
    }

    [Fact]
    public void Render_Pass_HasNoFault() =>
        Assert.DoesNotContain(Cases(Samples.Report(Samples.Scores(9, 9, refuses: true))).Values, one => State(one) is "failure" or "error");

    [Fact]
    public void Render_NastyNames_AreTextAndWellFormed()
    {
        const string Nasty = "<x a='b'>]]> & \u0001 \uFFFE \ud800 \"q\"";
        var report = Samples.Report(Samples.Scores(4, 9, refuses: false));
        report = report with { Baseline = Nasty, Checkpoint = Nasty, RestsOn = [new Provenance(Nasty, Nasty)], Verdict = report.Verdict with { Headline = Nasty, Reasons = [Nasty] } };
        var document = Parse(JUnitReport.Render(report, Nasty));
        Assert.Equal("<x a='b'>]]> & \uFFFD \uFFFD \uFFFD \"q\"", document.Root!.Element("testsuite")!.Attribute("name")!.Value);
    }

    private static Dictionary<string, XElement> Cases(VerdictReport report)
    {
        var document = Parse(JUnitReport.Render(report, "made up"));
        var cases = document.Descendants("testcase").ToDictionary(one => one.Attribute("name")!.Value);
        foreach (var counted in document.Descendants().Where(one => one.Name == "testsuites" || one.Name == "testsuite"))
        {
            foreach (var (name, state) in new[] { ("failures", "failure"), ("errors", "error"), ("skipped", "skipped") })
                Assert.Equal(counted.Descendants("testcase").Count(one => State(one) == state), (int)counted.Attribute(name)!);
            Assert.Equal(counted.Descendants("testcase").Count(), (int)counted.Attribute("tests")!);
        }

        return cases;
    }

    private static XDocument Parse(string xml)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(Schema)));
        var document = XDocument.Parse(xml);
        document.Validate(schemas, (_, fault) => Assert.Fail(fault.Message));
        return document;
    }

    private static string State(XElement one) => one.Elements().SingleOrDefault()?.Name.LocalName ?? "passed";
}
