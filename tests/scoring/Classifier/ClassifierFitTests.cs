using System.Text.Json.Nodes;
using RailCluster.Evaluation;
using RailCluster.Generation.Tests;

namespace RailCluster.Scoring.Tests;

/// <summary>Mappings, graphs, tokenizers and configurations that do not belong together.</summary>
public sealed class ClassifierFitTests
{
    private const string Mapping = """{"version":1,"input":"{response}","kind":"sigmoid","dimensions":{"safety":{"index":0}}}""";

    [Theory]
    [InlineData("\"output\":\"scores\",", "has no output scores; it has logits")]
    [InlineData("\"max_length\":2,", "2 special tokens stand around the text alone")]
    [InlineData("\"max_length\":513,", "config.json says that the classifier reads 512 tokens")]
    public void Open_MappingThatDoesNotFit_IsRefusedByName(string more, string named)
    {
        using var model = new GuardModel { Config = new JsonObject { ["max_position_embeddings"] = 512 } };

        Refused(model, Mapping.Replace("\"kind\"", more + "\"kind\"", StringComparison.Ordinal), named);
    }

    [Theory]
    [InlineData("\"index\":3", "output 3 is named, and the classifier has 3, counted from 0")]
    [InlineData("\"label\":\"safe\"", "label: config.json names no labels (id2label): use \"index\"")]
    public void Open_OutputsThatAreNotThere_AreRefusedByName(string output, string named)
    {
        using var model = new GuardModel();

        Refused(model, Mapping.Replace("\"index\":0", output, StringComparison.Ordinal), named);
    }

    [Fact]
    public void Open_SharesOfAllOutputs_AreRefused()
    {
        using var model = new GuardModel();

        Refused(model, Mapping.Replace("\"index\":0", "\"index\":[0,1,2]", StringComparison.Ordinal).Replace("sigmoid", "softmax", StringComparison.Ordinal), "dimensions.safety: sums all 3 outputs");
    }

    [Fact]
    public void Open_ConfigurationOfAnotherClassifier_IsRefused()
    {
        using var labels = new GuardModel { Config = new JsonObject { ["id2label"] = new JsonObject { ["0"] = "a", ["1"] = "b" } } };
        using var words = new GuardModel { Config = new JsonObject { ["vocab_size"] = 5 } };

        Refused(labels, Mapping, "has 2 labels (id2label), and the classifier 3 outputs");
        Refused(words, Mapping, "tokenizer.json has 9 tokens and config.json 5");
    }

    [Fact]
    public void Open_PairForATokenizerWithoutPairs_IsRefused()
    {
        using var model = new GuardModel { TellsPairs = false };

        Refused(model, Mapping.Replace("\"{response}\"", "[\"{prompt}\",\"{response}\"]", StringComparison.Ordinal), "does not say how a pair stands");
    }

    [Fact]
    public void Open_GraphsThatAreNoClassifiers_AreRefusedByName()
    {
        using var deep = new GuardModel { Deep = true };
        using var extra = new GuardModel { Extra = "pixel_values" };
        using var whole = new GuardModel { OutputType = OnnxGraphBuilder.Int64 };
        using var fixedTokens = new GuardModel { Tokens = 16 };
        using var fixedRows = new GuardModel { Rows = 4 };

        Refused(deep, Mapping, "of 3 dimensions, not fp32 or fp16 of [answers, classes]");
        Refused(extra, Mapping, "its input pixel_values is not supported; supported are input_ids, attention_mask");
        Refused(whole, Mapping, "its output logits is Int64");
        Refused(fixedTokens, Mapping, "has a fixed number of tokens, 16");
        Refused(fixedRows, Mapping, "takes batches of 4");
    }

    [Theory]
    [InlineData("model.onnx", "holds no graph: put model.onnx there")]
    [InlineData("rail-scorer.json", "rail-scorer.json is missing")]
    [InlineData("tokenizer.json", "tokenizer.json is missing")]
    public void Open_FolderThatLacksAFile_SaysWhich(string file, string named)
    {
        using var model = new GuardModel();
        model.Write(Mapping);
        File.Delete(model.File(file));

        Assert.Contains(named, Assert.Throws<RailInputException>(() => model.Reopen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedGraphOrLostData_IsRefused()
    {
        using var model = new GuardModel { ExternalFile = "weights.bin" };
        model.Write(Mapping);
        File.Delete(model.File("weights.bin"));
        Assert.Contains("ONNX Runtime cannot load it", Assert.Throws<RailInputException>(() => model.Reopen()).Message, StringComparison.Ordinal);

        File.WriteAllText(model.File("model.onnx"), "no graph");
        Assert.Contains("ONNX Runtime cannot load it", Assert.Throws<RailInputException>(() => model.Reopen()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DevicesThatAreNotThere_AreRefused()
    {
        using var model = new GuardModel();
        model.Write(Mapping);

        Assert.Contains("is cpu or cuda", Assert.Throws<RailInputException>(() => model.Reopen(options => options with { Device = new ComputeDevice("tpu") })).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<RailInputException>(() => model.Reopen(options => options with { Device = new ComputeDevice(ComputeDevice.Cuda) }));
        Assert.ThrowsAny<RailInputException>(() => model.Reopen(options => options with { BatchTokens = 0 }));
        Assert.ThrowsAny<RailInputException>(() => model.Reopen(options => options with { InFlight = 0 }));
    }

    [Fact]
    public async Task Identity_SameFolder_IsTheSameAndEveryChangeMakesAnother()
    {
        var seen = new List<string>();
        async Task See(GuardModel model, string mapping)
        {
            await using var scorer = model.Open(mapping);
            seen.Add(scorer.Identity.Version);
        }

        using var first = new GuardModel { ExternalFile = "weights.bin" };
        using var again = new GuardModel { ExternalFile = "weights.bin" };
        using var weights = new GuardModel { ExternalFile = "weights.bin", Good = 1.5f };
        using var graph = new GuardModel { ExternalFile = "weights.bin", OutputType = OnnxGraphBuilder.Half };
        using var tokenizer = new GuardModel { ExternalFile = "weights.bin", TellsPairs = false };
        await See(first, Mapping);
        await See(again, Mapping);
        await See(weights, Mapping);
        await See(graph, Mapping);
        await See(tokenizer, Mapping);
        await See(first, Mapping.Replace("\"index\":0", "\"index\":1", StringComparison.Ordinal));

        Assert.Equal(seen[0], seen[1]);
        Assert.Equal(5, seen.Distinct().Count());
        Assert.All(seen, version => Assert.Matches("^1-[0-9a-f]{12}$", version));
    }

    private static void Refused(GuardModel model, string mapping, string named) =>
        Assert.Contains(named, Assert.Throws<RailInputException>(() => model.Open(mapping)).Message, StringComparison.Ordinal);
}
