using System.Text.Json.Nodes;
using Google.Protobuf;

namespace RailCluster.Training;

/// <summary>Writes a model in the layout that Optimum exports: configuration and tokenizer beside onnx/model.onnx.</summary>
public static class ModelFolder
{
    /// <summary>Writes all files of one model into a folder, which is made if absent.</summary>
    public static void Write(string folder, DecoderWeights weights, BpeTokenizer tokenizer, AttentionForm form = AttentionForm.Plain)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(tokenizer);
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        JsonFile.Write(Path.Combine(folder, "config.json"), Configuration(weights, tokenizer));
        JsonFile.Write(Path.Combine(folder, "generation_config.json"), Generation(tokenizer));
        JsonFile.Write(Path.Combine(folder, "tokenizer.json"), TokenizerFiles.Tokenizer(tokenizer));
        JsonFile.Write(Path.Combine(folder, "tokenizer_config.json"), TokenizerFiles.Configuration(weights.Config.MaximumPositions));
        File.WriteAllBytes(Graph(folder), DecoderGraph.Build(weights, form).ToByteArray());
    }

    /// <summary>Where the graph of a model folder lies.</summary>
    public static string Graph(string folder) => Path.Combine(folder, "onnx", "model.onnx");

    private static JsonObject Configuration(DecoderWeights weights, BpeTokenizer tokenizer) => Configuration(weights.Config, weights.TiesHead, tokenizer);

    private static JsonObject Configuration(DecoderConfig config, bool tiesHead, BpeTokenizer tokenizer) => new()
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["model_type"] = "llama",
        ["vocab_size"] = config.VocabularySize,
        ["hidden_size"] = config.HiddenSize,
        ["intermediate_size"] = config.FeedForwardSize,
        ["num_hidden_layers"] = config.Layers,
        ["num_attention_heads"] = config.Heads,
        ["num_key_value_heads"] = config.KeyValueHeads,
        ["head_dim"] = config.HeadSize,
        ["hidden_act"] = "silu",
        ["max_position_embeddings"] = config.MaximumPositions,
        ["rope_theta"] = config.RotaryBase,
        ["rope_scaling"] = null,
        ["rms_norm_eps"] = config.NormEpsilon,
        ["attention_bias"] = false,
        ["mlp_bias"] = false,
        ["tie_word_embeddings"] = tiesHead,
        ["torch_dtype"] = "float32",
        ["use_cache"] = true,
        ["bos_token_id"] = tokenizer.IdOf(SpecialTokens.Bos),
        ["eos_token_id"] = tokenizer.IdOf(SpecialTokens.End),
        ["pad_token_id"] = tokenizer.IdOf(SpecialTokens.Pad),
    };

    private static JsonObject Generation(BpeTokenizer tokenizer) => new()
    {
        ["bos_token_id"] = tokenizer.IdOf(SpecialTokens.Bos),
        ["eos_token_id"] = tokenizer.IdOf(SpecialTokens.End),
        ["pad_token_id"] = tokenizer.IdOf(SpecialTokens.Pad),
        ["do_sample"] = false,
        ["max_new_tokens"] = 48,
    };
}
