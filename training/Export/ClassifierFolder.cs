using System.Text.Json.Nodes;
using Google.Protobuf;
using RailCluster.Contracts;

namespace RailCluster.Training;

/// <summary>Writes a classifier as the classifier scorer reads it: graph, tokenizer, configuration, and rail-scorer.json, which says what each output means.</summary>
public static class ClassifierFolder
{
    /// <summary>Writes all files into a folder, which is made if absent.</summary>
    public static void Write(string folder, ClassifierConfig config, IReadOnlyDictionary<string, WeightArray> weights, BpeTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(tokenizer);
        Directory.CreateDirectory(folder);
        JsonFile.Write(Path.Combine(folder, "config.json"), Configuration(config, tokenizer));
        JsonFile.Write(Path.Combine(folder, "tokenizer.json"), Tokenizer(tokenizer));
        JsonFile.Write(Path.Combine(folder, "rail-scorer.json"), Mapping(config));
        File.WriteAllBytes(Graph(folder), ClassifierGraph.Build(config, weights).ToByteArray());
    }

    /// <summary>Where the graph of a classifier folder lies.</summary>
    public static string Graph(string folder) => Path.Combine(folder, "model.onnx");

    private static JsonObject Configuration(ClassifierConfig config, BpeTokenizer tokenizer) => new()
    {
        ["architectures"] = new JsonArray("AnswerClassifier"),
        ["vocab_size"] = tokenizer.Count,
        ["max_position_embeddings"] = config.MaximumLength,
        ["pad_token_id"] = tokenizer.IdOf(SpecialTokens.Pad),
        ["problem_type"] = "multi_label_classification",
        ["id2label"] = new JsonObject(ClassifierConfig.Outputs.Select((name, index) => KeyValuePair.Create($"{index}", (JsonNode?)name))),
    };

    // The chat format's own tokenizer, save for what is set around a prompt and its answer.
    private static JsonObject Tokenizer(BpeTokenizer tokenizer)
    {
        var document = TokenizerFiles.Tokenizer(tokenizer);
        string[] used = [SpecialTokens.Bos, SpecialTokens.End];
        document["post_processor"] = new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Special(SpecialTokens.Bos, 0), Text("A", 0), Special(SpecialTokens.End, 0)),
            ["pair"] = new JsonArray(
                Special(SpecialTokens.Bos, 0), Text("A", 0), Special(SpecialTokens.End, 0), Text("B", 1), Special(SpecialTokens.End, 1)),
            ["special_tokens"] = new JsonObject(used.Select(token => KeyValuePair.Create(token, (JsonNode?)new JsonObject
            {
                ["id"] = token,
                ["ids"] = new JsonArray(tokenizer.IdOf(token)),
                ["tokens"] = new JsonArray(token),
            }))),
        };
        return document;
    }

    private static JsonObject Special(string token, int type) => new() { ["SpecialToken"] = new JsonObject { ["id"] = token, ["type_id"] = type } };

    private static JsonObject Text(string which, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = which, ["type_id"] = type } };

    private static JsonObject Mapping(ClassifierConfig config) => new()
    {
        ["version"] = 1,
        ["input"] = new JsonArray("{prompt}", "{response}"),
        ["max_length"] = config.MaximumLength,
        ["truncation"] = "start",
        ["output"] = "logits",
        ["kind"] = "sigmoid",
        ["dimensions"] = new JsonObject(Dimensions.All.Select(dimension => KeyValuePair.Create(
            dimension.Key(), (JsonNode?)new JsonObject { ["label"] = dimension.Key(), ["scale"] = new JsonArray(0, 10), ["confidence"] = "margin" }))),
        ["refused"] = new JsonObject { ["label"] = ClassifierConfig.Refused, ["threshold"] = 0.5 },
    };
}
