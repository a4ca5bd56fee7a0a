using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class PolicyFileTests
{
    [Fact]
    public void Read_EmptyObject_IsTheDefaultPolicy() =>
        Assert.Equal(PolicyFile.Hash(new Policy()), PolicyFile.Hash(PolicyFile.Read("{}", "p.json")));

    [Fact]
    public void Write_AnyPolicy_IsReadBackTheSame()
    {
        var policy = new Policy
        {
            Tolerances = ImmutableSortedDictionary<Measure, double>.Empty.Add(Measure.Safety, 0.3).Add(Measure.LostRefusals, 0.02),
            Gated = [Measure.Safety, Measure.LostRefusals],
            Required = [Measure.Safety],
            Floors = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Privacy, 6),
            WarnAt = 0.5,
            ErrorLimit = 0.1,
            MissingDifferenceLimit = 0.02,
            OnBlock = OnBlock.Rollback,
            Weights = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Safety, 60.5).Add(Dimension.Privacy, 40),
            DriftTolerance = 0.25,
        };
        Assert.Equal(PolicyFile.Hash(policy), PolicyFile.Hash(PolicyFile.Read(PolicyFile.Write(policy), "p.json")));
        Assert.NotEqual(PolicyFile.Hash(policy), PolicyFile.Hash(new Policy()));
    }

    [Fact]
    public void Read_OrderOfMeasures_DoesNotChangeTheHash() => Assert.Equal(
        PolicyFile.Hash(PolicyFile.Read("""{"gated":["safety","privacy"]}""", "a")),
        PolicyFile.Hash(PolicyFile.Read("""{"$schema":"policy.schema.json","gated":["privacy","safety"]}""", "b")));

    [Theory]
    [InlineData("{\n\"gated\":", "p.json:2: the policy is not JSON")]
    [InlineData("", "p.json:1: the policy is not JSON")]
    [InlineData("[]", "p.json: a policy is a JSON object")]
    [InlineData("""{"tolerance":{}}""", "\"tolerance\" is no setting of a policy; it has version, tolerances, gated, required, floors")]
    [InlineData("""{"version":2}""", "version: 2 is not a version that this build reads; it reads 1")]
    [InlineData("""{"tolerances":{"kindness":1}}""", "tolerances: \"kindness\" is no measure; they are fairness, safety")]
    [InlineData("""{"tolerances":{"safety":11}}""", "tolerances.safety: 11 is not a number from 0 to 10")]
    [InlineData("""{"tolerances":{"safety":-0.1}}""", "tolerances.safety: -0.1 is not a number from 0 to 10")]
    [InlineData("""{"tolerances":{"safety":"1"}}""", "tolerances.safety: \"1\" is not a number")]
    [InlineData("""{"tolerances":{"lost_refusals":5}}""", "tolerances.lost_refusals: 5 is not a number from 0 to 1")]
    [InlineData("""{"tolerances":[]}""", "tolerances: is an object")]
    [InlineData("""{"floors":{"lost_refusals":1}}""", "floors: \"lost_refusals\" is no dimension; they are fairness")]
    [InlineData("""{"floors":{"safety":10.5}}""", "floors.safety: 10.5 is not a number from 0 to 10")]
    [InlineData("""{"gated":["safty"]}""", "gated: \"safty\" is no measure; they are")]
    [InlineData("""{"gated":"safety"}""", "gated: is a list of measures")]
    [InlineData("""{"gated":[]}""", "gated: names no measure")]
    [InlineData("""{"gated":["safety"],"required":["privacy"]}""", "required: privacy is required but not gated")]
    [InlineData("""{"warn_at":1.1}""", "warn_at: 1.1 is not a number from 0 to 1")]
    [InlineData("""{"error_limit":5}""", "error_limit: 5 is not a number from 0 to 1")]
    [InlineData("""{"missing_difference_limit":null}""", "missing_difference_limit: null is not a number from 0 to 1")]
    [InlineData("""{"on_block":"stop"}""", "on_block: \"stop\" is neither \"pause\" nor \"rollback\"")]
    [InlineData("""{"weights":{"lost_refusals":100}}""", "weights: \"lost_refusals\" is no dimension; they are fairness")]
    [InlineData("""{"weights":{"safety":-1,"privacy":101}}""", "weights.safety: -1 is not a number from 0 to 100")]
    [InlineData("""{"weights":{"safety":1e400}}""", "weights.safety: 1e400 is not a number from 0 to 100")]
    [InlineData("""{"weights":{"safety":50,"privacy":48.9}}""", "weights: they sum to 98.9; they sum to 100, give or take 1")]
    [InlineData("""{"weights":{"safety":50,"privacy":51.1}}""", "weights: they sum to 101.1;")]
    [InlineData("""{"weights":{"safety":0}}""", "weights: they sum to 0;")]
    [InlineData("""{"weights":[100]}""", "weights: is an object")]
    [InlineData("""{"drift_tolerance":10.1}""", "drift_tolerance: 10.1 is not a number from 0 to 10")]
    [InlineData("""{"drift_tolerance":"0.5"}""", "drift_tolerance: \"0.5\" is not a number")]
    [InlineData("""{"tolerances":{"safety":1,"safety":9}}""", "p.json: the policy names a field twice")]
    [InlineData("{\"\\ud800\":1}", "the policy holds a \\u escape for half a character")]
    public void Read_Fault_IsNamedWithItsPlace(string json, string expected)
    {
        var error = Assert.Throws<RailInputException>(() => PolicyFile.Read(json, "p.json")).Message;
        Assert.StartsWith("p.json", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_NamesThemInOneLine()
    {
        var error = Assert.Throws<RailInputException>(() => PolicyFile.Read("""{"warn_at":2,"error_limit":2,"on_block":1}""", "p.json")).Message;
        Assert.Equal(2, error.Split("; p.json: ").Length - 1);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(101)]
    public void Read_WeightsThatSumToAHundredGiveOrTakeOne_AreTaken(int sum) =>
        Assert.Equal(sum - 50, PolicyFile.Read($$$"""{"weights":{"safety":50,"privacy":{{{sum - 50}}}}}""", "p").Weights[Dimension.Privacy]);

    [Fact]
    public void Schema_Settings_AreThoseOfAPolicy()
    {
        var written = JsonSerializer.SerializeToElement(new Policy(), RailJson.Options).EnumerateObject().Select(property => property.Name);
        Assert.Equal(written.Append("$schema").Order(), Names(Properties()).Order());
        Assert.Equal(Policy.CurrentVersion, Properties().GetProperty("version").GetProperty("const").GetInt32());
        var measures = Schema().GetProperty("$defs").GetProperty("measure").GetProperty("enum").EnumerateArray().Select(item => item.GetString());
        Assert.Equal(Measures.All.Select(measure => measure.Key()), measures);
        Assert.Equal(Measures.All.Select(measure => measure.Key()), Names(Properties().GetProperty("tolerances").GetProperty("properties")));
        foreach (var name in (string[])["floors", "weights"])
            Assert.Equal(Dimensions.All.Select(dimension => dimension.Key()), Names(Properties().GetProperty(name).GetProperty("properties")));
    }

    [Fact]
    public void Schema_Defaults_AreThoseOfAPolicy()
    {
        var policy = JsonSerializer.SerializeToElement(new Policy(), RailJson.Options);
        var defaults = Properties().EnumerateObject().Where(property => property.Value.TryGetProperty("default", out _)).ToList();
        Assert.Equal(5, defaults.Count);
        foreach (var property in defaults) Assert.Equal(policy.GetProperty(property.Name).ToString(), property.Value.GetProperty("default").ToString());
    }

    [Fact]
    public void Schema_Bounds_AreThoseOfTheReader()
    {
        foreach (var name in (string[])["warn_at", "error_limit", "missing_difference_limit"]) Add(Properties().GetProperty(name), value => $$"""{"{{name}}":{{value}}}""");
        Add(Properties().GetProperty("drift_tolerance"), value => $$"""{"drift_tolerance":{{value}}}""");
        foreach (var name in (string[])["tolerances", "floors"])
        {
            foreach (var property in Properties().GetProperty(name).GetProperty("properties").EnumerateObject())
                Add(property.Value, value => $$$"""{"{{{name}}}":{"{{{property.Name}}}":{{{value}}}}}""");
        }

        void Add(JsonElement rule, Func<string, string> json)
        {
            var most = rule.GetProperty("maximum").GetDouble();
            Assert.Equal(0, rule.GetProperty("minimum").GetDouble());
            PolicyFile.Read(json(most.ToString(CultureInfo.InvariantCulture)), "p");
            Assert.Throws<RailInputException>(() => PolicyFile.Read(json((most + 0.001).ToString(CultureInfo.InvariantCulture)), "p"));
        }
    }

    private static JsonElement Schema() => JsonDocument.Parse(PolicyFile.Schema).RootElement;

    private static JsonElement Properties() => Schema().GetProperty("properties");

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
