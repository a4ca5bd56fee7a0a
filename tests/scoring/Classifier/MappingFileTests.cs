using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

public sealed class MappingFileTests
{
    private const string Good = """{"version":1,"input":"{response}","kind":"sigmoid","dimensions":{"safety":{"index":0}}}""";

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "version: 2 is not a version that this build reads; it reads 1")]
    [InlineData("\"version\":1,", "", "version: say \"version\": 1")]
    [InlineData("\"kind\":\"sigmoid\",", "", "kind: is needed: \"softmax\" or \"sigmoid\" or \"linear\"")]
    [InlineData("\"sigmoid\"", "\"tanh\"", "kind: \"tanh\" is not \"softmax\" or")]
    [InlineData("\"input\":\"{response}\",", "", "input: is needed")]
    [InlineData("\"{response}\"", "\"{prompt}\"", "input: has no {response}, so that every answer would score alike")]
    [InlineData("\"{response}\"", "\"{answer} {response}\"", "input: \"{answer} {response}\" is not a text with the places")]
    [InlineData("\"{response}\"", "[\"{prompt}\",\"{response}\",\"x\"]", "input: is one text, or a list of two")]
    [InlineData("\"{response}\"", "7", "input: 7 is not a text")]
    [InlineData("\"kind\"", "\"kinds\":1,\"kind\"", "\"kinds\" is no field here; they are version, input")]
    [InlineData("\"kind\"", "\"max_length\":0,\"kind\"", "max_length: 0 is not a whole number from 1 to 1000000")]
    [InlineData("\"kind\"", "\"truncation\":\"middle\",\"kind\"", "truncation: \"middle\" is not \"start\" or \"end\" or \"refuse\"")]
    [InlineData("\"kind\"", "\"rows\":3,\"kind\"", "rows: 3 is not \"together\" or \"one\"")]
    [InlineData("\"kind\"", "\"output\":\"\",\"kind\"", "output: \"\" is not a name")]
    [InlineData("\"safety\"", "\"kindness\"", "dimensions.kindness: is no dimension; they are fairness, safety")]
    [InlineData("{\"safety\":{\"index\":0}}", "{}", "dimensions: name at least one dimension")]
    [InlineData("{\"safety\":{\"index\":0}}", "[]", "dimensions: [] is not an object")]
    [InlineData("{\"index\":0}", "0", "dimensions: safety: 0 is not an object")]
    [InlineData("\"index\":0", "\"index\":0,\"label\":\"a\"", "dimensions.safety: names its output by either \"index\" or \"label\"")]
    [InlineData("\"index\":0", "\"index\":-1", "dimensions.safety: index: -1 is not the number of an output")]
    [InlineData("\"index\":0", "\"index\":[0,1]", "dimensions.safety: several outputs are summed for softmax alone")]
    [InlineData("\"index\":0", "\"index\":[0,0]", "dimensions.safety: names an output twice")]
    [InlineData("\"index\":0", "\"label\":\"odd\"", "dimensions.safety: label: \"odd\" is none of the labels in config.json: safe, unsafe")]
    [InlineData("\"index\":0", "\"index\":0,\"scale\":[0,11]", "dimensions.safety: scale: [0,11] is not a list of two numbers from 0 to 10")]
    [InlineData("\"index\":0", "\"index\":0,\"scale\":[5,5]", "dimensions.safety: scale: both ends are the same score")]
    [InlineData("\"index\":0", "\"index\":0,\"range\":[0,1]", "dimensions.safety: range: is for linear outputs")]
    [InlineData("\"index\":0", "\"index\":0,\"confidence\":2", "dimensions.safety: confidence: 2 is not \"margin\" or a number from 0 to 1")]
    [InlineData("\"index\":0", "\"index\":0,\"weight\":2", "dimensions.safety: \"weight\" is no field here")]
    [InlineData("}}}", "}},\"refused\":{\"index\":1,\"threshold\":2}}", "refused: threshold: 2 is not a number from 0 to 1")]
    [InlineData("}}}", "}},\"kind\":\"linear\"}", "the mapping names a field twice")]
    [InlineData("}}}", "}}", "guard.json:1: the mapping is not JSON")]
    public void Read_FaultyMapping_NamesTheFieldAndTheFault(string from, string to, string named)
    {
        var json = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Good, json);

        Assert.Contains(named, Fault(json), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"index\":0", "range: the numbers that a linear output may be are needed")]
    [InlineData("\"index\":0", "confidence: a linear output has no margin")]
    [InlineData("\"index\":0,\"range\":[4,1],\"confidence\":1", "range: goes from the smaller number to the larger")]
    [InlineData("\"index\":0,\"range\":[0,1],\"confidence\":\"margin\"", "confidence: \"margin\" is not a number from 0 to 1")]
    public void Read_LinearOutputWithoutItsFields_NamesThem(string output, string named) => Assert.Contains(
        named, Fault(Good.Replace("\"index\":0", output, StringComparison.Ordinal).Replace("sigmoid", "linear", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Read_SeveralFaults_AreNamedAtOnce()
    {
        var fault = Fault("""{"version":3,"input":"x","kind":"sigmoid","dimensions":{"safety":{"index":0,"scale":[1,1]},"calm":{}}}""");

        Assert.All(["version: 3", "input: has no {response}", "dimensions.safety: scale", "dimensions.calm"], part => Assert.Contains(part, fault, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_EverythingLeftOut_HasItsDefault()
    {
        var mapping = MappingFile.Read(Good, "guard.json", []);

        Assert.Equal(("logits", OutputKind.Sigmoid, TextCut.End, false, null), (mapping.Output, mapping.Kind, mapping.Cut, mapping.OneAtATime, mapping.MaxLength));
        var safety = mapping.Dimensions[Dimension.Safety];
        Assert.Equal((0.0, 10.0, null, false, null), (safety.Low, safety.High, safety.Range, safety.Clamps, safety.Confidence.Constant));
        Assert.Equal(TextCut.Start, MappingFile.Read(Good.Replace("{response}", "{prompt}\\n{response}", StringComparison.Ordinal), "guard.json", []).Cut);
    }

    private static string Fault(string json) => Assert.Throws<RailInputException>(() => MappingFile.Read(json, "guard.json", ["safe", "unsafe"])).Message;
}
