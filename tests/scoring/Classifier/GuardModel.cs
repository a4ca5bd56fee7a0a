using System.Text.Json.Nodes;
using RailCluster.Generation;
using RailCluster.Generation.Tests;

namespace RailCluster.Scoring.Tests;

/// <summary>
/// A classifier whose logits can be worked out by hand: every word has a row of numbers, and the logits are the sums over an input's words. Its
/// words are <c>good</c> (1, -1, 0), <c>bad</c> (-1, 1, 0), <c>maybe</c> (0.5, 0.25, 2), <c>nan</c>, <c>inf</c>, and <c>lost</c>, which the graph lacks.
/// </summary>
internal sealed class GuardModel : IDisposable
{
    private const int Known = 8;
    private static readonly string[] Words = ["[PAD]", "[CLS]", "[SEP]", "good", "bad", "maybe", "nan", "inf", "lost"];

    private readonly TempFolder _folder = new();

    public string Path => _folder.Path;

    /// <summary>The type of the logits.</summary>
    public int OutputType { get; init; } = OnnxGraphBuilder.Float;

    /// <summary>The type of the inputs.</summary>
    public int InputType { get; init; } = OnnxGraphBuilder.Int64;

    /// <summary>Whether padding counts nothing.</summary>
    public bool Masks { get; init; } = true;

    /// <summary>Whether all logits of a batch are divided by the largest, as whole batches are scaled in dynamic quantisation.</summary>
    public bool ScalesBatches { get; init; }

    /// <summary>Whether the output has a third dimension.</summary>
    public bool Deep { get; init; }

    /// <summary>An input that the scorer does not know.</summary>
    public string? Extra { get; init; }

    public object Rows { get; init; } = "batch";

    public object Tokens { get; init; } = "tokens";

    /// <summary>What the post-processor says; <c>BertProcessing</c> tells how pairs stand.</summary>
    public bool TellsPairs { get; init; } = true;

    public string? ExternalFile { get; init; }

    public float Good { get; init; } = 1;

    public JsonObject? Config { get; init; }

    /// <summary>Writes all files and opens the classifier.</summary>
    public ClassifierScorer Open(string mapping, Func<ClassifierOptions, ClassifierOptions>? change = null)
    {
        Write(mapping);
        return Reopen(change);
    }

    public ClassifierScorer Reopen(Func<ClassifierOptions, ClassifierOptions>? change = null)
    {
        var options = new ClassifierOptions(Path) { Threads = 1 };
        return ClassifierScorer.Open(change?.Invoke(options) ?? options, TextEncoders.Open(Path));
    }

    public string File(string name) => _folder.File(name);

    public void Write(string mapping)
    {
        System.IO.File.WriteAllText(File("rail-scorer.json"), mapping);
        System.IO.File.WriteAllText(File("tokenizer.json"), Tokenizer().ToJsonString());
        if (Config is not null) System.IO.File.WriteAllText(File("config.json"), Config.ToJsonString());
        var graph = new OnnxGraphBuilder { ExternalFile = ExternalFile };
        System.IO.File.WriteAllBytes(File("model.onnx"), Build(graph));
        if (ExternalFile is not null) System.IO.File.WriteAllBytes(File(ExternalFile), graph.External);
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Build(OnnxGraphBuilder graph)
    {
        graph.Input("input_ids", InputType, Rows, Tokens);
        graph.Input("attention_mask", InputType, Rows, Tokens);
        if (Extra is not null) graph.Input(Extra, InputType, Rows, Tokens);
        float[] numbers = [0.125f, 0.125f, 0.125f, 0, 0, 0, 0, 0, 0, Good, -Good, 0, -1, 1, 0, 0.5f, 0.25f, 2, float.NaN, 0, 0, float.PositiveInfinity, 0, 0];
        var rows = graph.Node("Gather", [graph.Weights("words", numbers, Known, 3), "input_ids"]);
        var mask = graph.Node("Unsqueeze", [graph.Node("Cast", ["attention_mask"], output: null, domain: "", ("to", [1])), graph.Integers(2)]);
        // Not multiplied: nothing times NaN is NaN.
        var counted = Masks ? graph.Node("Where", [graph.Node("Cast", [mask], output: null, domain: "", ("to", [9])), rows, graph.Weights("nothing", [0], 1)]) : rows;
        var sums = graph.Node("ReduceSum", [counted, graph.Integers(1)], output: null, domain: "", ("keepdims", [0]));
        if (ScalesBatches) sums = graph.Node("Div", [sums, graph.Node("ReduceMax", [sums], output: null, domain: "", ("keepdims", [0]))]);
        if (Deep) sums = graph.Node("Unsqueeze", [sums, graph.Integers(1)]);
        graph.Node("Cast", [sums], "logits", "", ("to", [OutputType]));
        graph.Output("logits", OutputType, Deep ? ["batch", 1, 3] : ["batch", 3]);
        return graph.Build();
    }

    private JsonObject Tokenizer() => new()
    {
        ["model"] = new JsonObject
        {
            ["type"] = "WordLevel",
            ["unk_token"] = "[PAD]",
            ["vocab"] = new JsonObject(Words.Select((word, id) => KeyValuePair.Create(word, (JsonNode?)id))),
        },
        ["pre_tokenizer"] = new JsonObject { ["type"] = "WhitespaceSplit" },
        ["post_processor"] = TellsPairs
            ? new JsonObject { ["type"] = "BertProcessing", ["cls"] = new JsonArray("[CLS]", 1), ["sep"] = new JsonArray("[SEP]", 2) }
            : new JsonObject { ["type"] = "ByteLevel" },
    };
}
