using System.Text.Json.Nodes;

namespace RailCluster.Training;

/// <summary>Writes a tokenizer in the Hugging Face layout: tokenizer.json and tokenizer_config.json.</summary>
public static class TokenizerFiles
{
    /// <summary>The tokenizer.json document.</summary>
    public static JsonObject Tokenizer(BpeTokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. SpecialTokens.All.Select(token => AddedToken(tokenizer, token))]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject
            {
                ["type"] = "Sequence",
                ["pretokenizers"] = new JsonArray(Split(), ByteLevel()),
            },
            ["post_processor"] = ByteLevel(),
            ["decoder"] = ByteLevel(),
            ["model"] = Model(tokenizer),
        };
    }

    /// <summary>The tokenizer_config.json document, chat template included.</summary>
    public static JsonObject Configuration(int maximumLength) => new()
    {
        ["tokenizer_class"] = "PreTrainedTokenizerFast",
        ["add_bos_token"] = false,
        ["add_eos_token"] = false,
        ["bos_token"] = SpecialTokens.Bos,
        ["eos_token"] = SpecialTokens.End,
        ["pad_token"] = SpecialTokens.Pad,
        ["unk_token"] = null,
        ["clean_up_tokenization_spaces"] = false,
        ["model_max_length"] = maximumLength,
        ["chat_template"] = ChatFormat.Template,
    };

    private static JsonObject AddedToken(BpeTokenizer tokenizer, string token) => new()
    {
        ["id"] = tokenizer.IdOf(token),
        ["content"] = token,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = false,
        ["special"] = true,
    };

    private static JsonObject Split() => new()
    {
        ["type"] = "Split",
        ["pattern"] = new JsonObject { ["Regex"] = PreTokenizer.Pattern },
        ["behavior"] = "Isolated",
        ["invert"] = false,
    };

    private static JsonObject ByteLevel() => new()
    {
        ["type"] = "ByteLevel",
        ["add_prefix_space"] = false,
        ["trim_offsets"] = false,
        ["use_regex"] = false,
    };

    private static JsonObject Model(BpeTokenizer tokenizer)
    {
        var vocabulary = new JsonObject();
        for (var id = 0; id < tokenizer.VocabularySize; id++)
            vocabulary[tokenizer.TokenOf(id)] = id;
        var merges = new JsonArray([.. tokenizer.Merges.Select(pair => JsonValue.Create(pair.Left + " " + pair.Right))]);
        return new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null,
            ["unk_token"] = null,
            ["continuing_subword_prefix"] = null,
            ["end_of_word_suffix"] = null,
            ["fuse_unk"] = false,
            ["byte_fallback"] = false,
            ["ignore_merges"] = false,
            ["vocab"] = vocabulary,
            ["merges"] = merges,
        };
    }
}
