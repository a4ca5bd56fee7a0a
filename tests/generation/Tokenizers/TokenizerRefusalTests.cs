using System.Text.Json.Nodes;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class TokenizerRefusalTests
{
    public static TheoryData<string, string, string> Unsupported => new()
    {
        { "model.type", "\"Unigram\"", "the model Unigram" },
        { "model.type", "\"WordPiece\"", "the model WordPiece" },
        { "model.byte_fallback", "true", "BPE with byte fallback" },
        { "model.dropout", "0.1", "BPE with dropout" },
        { "model.end_of_word_suffix", "\"</w>\"", "BPE with end_of_word_suffix" },
        { "normalizer", """{"type":"Lowercase"}""", "the normalizer Lowercase" },
        { "normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace"}]}""", "the normalizer Replace" },
        { "pre_tokenizer", "null", "the pre_tokenizer none" },
        { "pre_tokenizer", """{"type":"Metaspace"}""", "the pre_tokenizer Metaspace" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Digits"},{"type":"ByteLevel"}]}""", "the pre_tokenizer Digits" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"a"},"behavior":"MergedWithNext"},{"type":"ByteLevel"}]}""", "behavior MergedWithNext" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"("},"behavior":"Isolated"},{"type":"ByteLevel"}]}""", "a pattern that .NET does not read" },
        { "post_processor", """{"type":"BertProcessing"}""", "the post_processor BertProcessing" },
        { "decoder", """{"type":"WordPiece"}""", "the decoder WordPiece" },
        { "added_tokens", """[{"id":400,"content":"x","single_word":true}]""", "the added token x as a single word" },
    };

    [Theory]
    [MemberData(nameof(Unsupported))]
    public void Load_UnsupportedPart_IsRefusedByName(string path, string json, string named)
    {
        ModelException error = Assert.Throws<ModelException>(() => TestTokenizer.LoadChanged(root => Set(root, path, json)));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.merges", "[\"only\"]", "merge 0 that is no pair")]
    [InlineData("model.merges", "[\"q z\"]", "no token qz, which merge 0 needs")]
    [InlineData("model.vocab", "{\"a\":0}", "which stands for byte 0")]
    [InlineData("added_tokens", "[{\"content\":\"x\"}]", "gives the added token x no id")]
    [InlineData("model.vocab", "{\"a\":\"b\"}", "malformed")]
    public void Load_DamagedPart_IsRefusedByName(string path, string json, string named) => Assert.Contains(
        named, Assert.Throws<ModelException>(() => TestTokenizer.LoadChanged(root => Set(root, path, json))).Message, StringComparison.Ordinal);

    private static void Set(JsonObject root, string path, string json)
    {
        string[] parts = path.Split('.');
        JsonObject parent = parts.Length == 1 ? root : root[parts[0]]!.AsObject();
        parent[parts[^1]] = JsonNode.Parse(json);
    }
}
