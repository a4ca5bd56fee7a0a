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
            Alpha = 0.01,
            Target = EvidenceTarget.Population,
            EarlyStop = EarlyStop.Both,
            ExpectedCheckpoints = 7,
            CollapseLimit = 0.001,
            TaskTolerances = ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", 0.02).Add("loss", 1.5),
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
    [InlineData("""{"on_block":"stop"}""", "on_block: \"stop\" is none of \"pause\", \"rollback\"")]
    [InlineData("""{"weights":{"lost_refusals":100}}""", "weights: \"lost_refusals\" is no dimension; they are fairness")]
    [InlineData("""{"weights":{"safety":-1,"privacy":101}}""", "weights.safety: -1 is not a number from 0 to 100")]
    [InlineData("""{"weights":{"safety":1e400}}""", "weights.safety: 1e400 is not a number from 0 to 100")]
    [InlineData("""{"weights":{"safety":50,"privacy":48.9}}""", "weights: they sum to 98.9; they sum to 100, give or take 1")]
    [InlineData("""{"weights":{"safety":50,"privacy":51.1}}""", "weights: they sum to 101.1;")]
    [InlineData("""{"weights":{"safety":0}}""", "weights: they sum to 0;")]
    [InlineData("""{"weights":[100]}""", "weights: is an object")]
    [InlineData("""{"drift_tolerance":10.1}""", "drift_tolerance: 10.1 is not a number from 0 to 10")]
    [InlineData("""{"drift_tolerance":"0.5"}""", "drift_tolerance: \"0.5\" is not a number")]
    [InlineData("""{"alpha":0}""", "alpha: 0 is not a number above 0 and up to 0.5")]
    [InlineData("""{"alpha":0.501}""", "alpha: 0.501 is not a number above 0")]
    [InlineData("""{"alpha":"0.05"}""", "alpha: \"0.05\" is not a number above 0")]
    [InlineData("""{"target":"all"}""", "target: \"all\" is none of \"suite\", \"population\"")]
    [InlineData("""{"early_stop":"Block"}""", "early_stop: \"Block\" is none of \"none\", \"block\", \"both\"")]
    [InlineData("""{"early_stop":true}""", "early_stop: true is none of")]
    [InlineData("""{"expected_checkpoints":0}""", "expected_checkpoints: 0 is not a whole number from 1 to 10000")]
    [InlineData("""{"expected_checkpoints":10001}""", "expected_checkpoints: 10001 is not a whole number")]
    [InlineData("""{"expected_checkpoints":2.5}""", "expected_checkpoints: 2.5 is not a whole number")]
    [InlineData("""{"collapse_limit":1.01}""", "collapse_limit: 1.01 is not a number from 0 to 1")]
    [InlineData("""{"task_tolerances":["accuracy"]}""", "task_tolerances: is an object")]
    [InlineData("""{"task_tolerances":{"accuracy":-0.1}}""", "task_tolerances.accuracy: -0.1 is not a number from 0")]
    [InlineData("""{"task_tolerances":{"accuracy":1e999}}""", "task_tolerances.accuracy: 1e999 is not a number from 0")]
    [InlineData("""{"task_tolerances":{"":1}}""", "task_tolerances: \"\" is no name of a metric")]
    [InlineData("{\"task_tolerances\":{\"a\\u0007b\":1}}", "task_tolerances: \"a\uFFFDb\" is no name of a metric; one has 1 to 200 characters")]
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
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void Read_NameOfATaskMetric_HasALimit(int length, bool taken)
    {
        var json = $$$"""{"task_tolerances":{"{{{new string('a', length)}}}":0.02}}""";
        if (taken) Assert.Equal(0.02, Assert.Single(PolicyFile.Read(json, "p").TaskTolerances).Value);
        else Assert.Contains("is no name of a metric", Assert.Throws<RailInputException>(() => PolicyFile.Read(json, "p")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Read_NumberOfTaskMetrics_HasALimit(int count, bool taken)
    {
        var json = $$$"""{"task_tolerances":{{{{string.Join(",", Enumerable.Range(0, count).Select(index => $"\"m{index}\":1"))}}}}}""";
        if (taken) Assert.Equal(count, PolicyFile.Read(json, "p").TaskTolerances.Count);
        else Assert.Contains("names 101 metrics; the most is 100", Assert.Throws<RailInputException>(() => PolicyFile.Read(json, "p")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_NamesOfTaskMetrics_CountInOneOrderWhateverTheComparer()
    {
        var policy = PolicyFile.Read("""{"task_tolerances":{"b":1,"A":2,"a":3,"B":4}}""", "p");
        var other = policy with { TaskTolerances = policy.TaskTolerances.WithComparers(Comparer<string>.Create((one, two) => string.CompareOrdinal(two, one))) };
        Assert.Equal(["A", "B", "a", "b"], policy.TaskTolerances.Keys);
        Assert.Equal(PolicyFile.Hash(policy), PolicyFile.Hash(other));
        Assert.Equal(PolicyFile.Write(policy), PolicyFile.Write(other));
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
        Assert.Equal(10, defaults.Count);
        foreach (var property in defaults) Assert.Equal(policy.GetProperty(property.Name).ToString(), property.Value.GetProperty("default").ToString());
    }

    [Fact]
    public void Schema_Bounds_AreThoseOfTheReader()
    {
        foreach (var name in (string[])["warn_at", "error_limit", "missing_difference_limit", "collapse_limit"]) Add(Properties().GetProperty(name), value => $$"""{"{{name}}":{{value}}}""");
        Add(Properties().GetProperty("drift_tolerance"), value => $$"""{"drift_tolerance":{{value}}}""");
        foreach (var name in (string[])["tolerances", "floors"])
        {
            foreach (var property in Properties().GetProperty(name).GetProperty("properties").EnumerateObject())
                Add(property.Value, value => $$$"""{"{{{name}}}":{"{{{property.Name}}}":{{{value}}}}}""");
        }

        Assert.Equal(0, Properties().GetProperty("alpha").GetProperty("exclusiveMinimum").GetDouble());
        Assert.Equal(0.5, Properties().GetProperty("alpha").GetProperty("maximum").GetDouble());
        var checkpoints = Properties().GetProperty("expected_checkpoints");
        foreach (var bound in (string[])["minimum", "maximum"])
            Assert.Equal(checkpoints.GetProperty(bound).GetInt32(), PolicyFile.Read($$"""{"expected_checkpoints":{{checkpoints.GetProperty(bound)}}}""", "p").ExpectedCheckpoints);

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
