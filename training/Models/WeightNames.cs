namespace RailCluster.Training;

/// <summary>Hugging Face names of a Llama decoder's weights. Linear weights are [out, in].</summary>
public static class WeightNames
{
    public const string Embedding = "model.embed_tokens.weight";
    public const string FinalNorm = "model.norm.weight";

    /// <summary>Of a head of its own; a decoder without one reads its logits off the embedding.</summary>
    public const string Head = "lm_head.weight";

    public static string AttentionNorm(int layer) => $"model.layers.{layer}.input_layernorm.weight";

    public static string FeedForwardNorm(int layer) => $"model.layers.{layer}.post_attention_layernorm.weight";

    public static string Query(int layer) => $"model.layers.{layer}.self_attn.q_proj.weight";

    public static string Key(int layer) => $"model.layers.{layer}.self_attn.k_proj.weight";

    public static string Value(int layer) => $"model.layers.{layer}.self_attn.v_proj.weight";

    public static string Output(int layer) => $"model.layers.{layer}.self_attn.o_proj.weight";

    public static string Gate(int layer) => $"model.layers.{layer}.mlp.gate_proj.weight";

    public static string Up(int layer) => $"model.layers.{layer}.mlp.up_proj.weight";

    public static string Down(int layer) => $"model.layers.{layer}.mlp.down_proj.weight";
}
