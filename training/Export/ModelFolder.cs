namespace RailCluster.Training;

/// <summary>Writes a model as Optimum lays it out.</summary>
internal static class ModelFolder
{
    private static readonly string[] Architectures = ["LlamaForCausalLM"];

    public static void Save(Decoder decoder, BytePairTokenizer tokenizer, string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        var shape = decoder.Shape;
        TokenizerFiles.Save(tokenizer, folder);
        TokenizerFiles.Write(folder, "config.json", new Dictionary<string, object>
        {
            ["architectures"] = Architectures,
            ["model_type"] = "llama",
            ["vocab_size"] = shape.Vocabulary,
            ["hidden_size"] = shape.Hidden,
            ["intermediate_size"] = shape.Intermediate,
            ["num_hidden_layers"] = shape.Layers,
            ["num_attention_heads"] = shape.Heads,
            ["num_key_value_heads"] = shape.KeyValueHeads,
            ["head_dim"] = shape.HeadWidth,
            ["max_position_embeddings"] = shape.Context,
            ["rope_theta"] = DecoderShape.RopeTheta,
            ["rms_norm_eps"] = (double)DecoderShape.NormEpsilon,
            ["hidden_act"] = "silu",
            ["tie_word_embeddings"] = true,
            ["bos_token_id"] = 0,
            ["eos_token_id"] = tokenizer.EndId,
            ["torch_dtype"] = "float32",
        });
        TokenizerFiles.Write(folder, "generation_config.json", new Dictionary<string, object>
        {
            ["bos_token_id"] = 0,
            ["eos_token_id"] = tokenizer.EndId,
            ["pad_token_id"] = tokenizer.EndId,
            ["do_sample"] = false,
        });
        DecoderExporter.Save(decoder, Path.Combine(folder, "onnx", "model.onnx"));
    }
}
