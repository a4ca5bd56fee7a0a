using System.Text.Encodings.Web;
using System.Text.Json;

namespace RailCluster.Training;

/// <summary>Writes a tokenizer as Hugging Face's files.</summary>
internal static class TokenizerFiles
{
    /// <summary>The conversation as the reference model is trained on it.</summary>
    public const string ChatTemplate =
        "{{ bos_token }}{% for message in messages %}{% if message['role'] == 'user' %}{{ '<|user|>' + message['content'] }}"
        + "{% elif message['role'] == 'assistant' %}{{ '<|assistant|>' + message['content'] + '<|end|>' }}{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Save(BytePairTokenizer tokenizer, string folder)
    {
        Write(folder, "tokenizer.json", new Dictionary<string, object?>
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = BytePairTokenizer.Specials.Select((content, id) => new
            {
                id,
                content,
                single_word = false,
                lstrip = false,
                rstrip = false,
                normalized = false,
                special = true,
            }),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = true, use_regex = true },
            ["post_processor"] = null,
            ["decoder"] = new { type = "ByteLevel", add_prefix_space = true, trim_offsets = true, use_regex = true },
            ["model"] = Model(tokenizer),
        });
        Write(folder, "tokenizer_config.json", new Dictionary<string, object?>
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast",
            ["bos_token"] = BytePairTokenizer.Bos,
            ["eos_token"] = BytePairTokenizer.End,
            ["pad_token"] = BytePairTokenizer.End,
            ["clean_up_tokenization_spaces"] = false,
            ["chat_template"] = ChatTemplate,
        });
    }

    public static void Write(string folder, string name, object content) =>
        File.WriteAllText(Path.Combine(folder, name), JsonSerializer.Serialize(content, Options) + "\n");

    private static Dictionary<string, object?> Model(BytePairTokenizer tokenizer) => new()
    {
        ["type"] = "BPE",
        ["dropout"] = null,
        ["unk_token"] = null,
        ["continuing_subword_prefix"] = null,
        ["end_of_word_suffix"] = null,
        ["fuse_unk"] = false,
        ["byte_fallback"] = false,
        ["vocab"] = tokenizer.Tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id),
        ["merges"] = tokenizer.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
    };
}
