using System.Text.Json.Nodes;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class TokenizerRefusalTests
{
    public static TheoryData<string, string, string> Unsupported => new()
    {
        { "model.type", "\"Chars\"", "the model Chars" },
        { "model.dropout", "0.1", "BPE with dropout" },
        { "normalizer", """{"type":"Shout"}""", "the normalizer Shout" },
        { "normalizer", """{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","content":"x"}]}""", "the Replace without a pattern" },
        { "pre_tokenizer", """{"type":"UnicodeScripts"}""", "the pre_tokenizer UnicodeScripts" },
        { "pre_tokenizer", """{"type":"Metaspace","prepend_scheme":"last"}""", "prepend_scheme last" },
        { "pre_tokenizer", """{"type":"Metaspace","prepend_scheme":"first","add_prefix_space":false}""", "add_prefix_space and prepend_scheme differ" },
        { "pre_tokenizer", """{"type":"Metaspace","replacement":"__"}""", "replacement \"__\"" },
        { "pre_tokenizer", """{"type":"Sequence","pretokenizers":[{"type":"Digits"},{"type":"FixedLength"}]}""", "the pre_tokenizer FixedLength" },
        { "pre_tokenizer", """{"type":"Split","pattern":{"Regex":"a"},"behavior":"Doubled"}""", "behavior Doubled" },
        { "post_processor", """{"type":"Weird"}""", "the post_processor Weird" },
        { "post_processor", """{"type":"Sequence","processors":[{"type":"BertProcessing","sep":["s",1],"cls":["c",2]},{"type":"BertProcessing","sep":["s",1],"cls":["c",2]}]}""", "sets tokens twice" },
        { "decoder", """{"type":"CTC"}""", "the decoder CTC" },
        { "decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Metaspace"}]}""", "Metaspace behind tokens that are joined" },
        { "decoder", """{"type":"Sequence","decoders":[{"type":"Fuse"},{"type":"Replace","pattern":{"Regex":"a"},"content":""}]}""", "Replace by Regex behind tokens that are joined" },
    };

    public static TheoryData<string, string> Patterns => new()
    {
        { "(", "that lacks a )" },
        { "a)", "with a ) too many" },
        { "[a", "that ends too soon" },
        { "*", "with a * that repeats nothing" },
        { @"(a)\1", @"with the escape \1" },
        { @"\p{Klingon}", "with the property Klingon" },
        { "[[:punct:]]", "with the property punct" },
        { @"\x{1F600}", "that names characters beyond U+FFFF" },
        { "🙂", "that names characters beyond U+FFFF" },
        { "(?x: a)", "with a group that begins with (?x" },
        { "[z-a]", "with a range that runs backwards" },
        { @"\Ka", @"with the escape \K" },
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
    [MemberData(nameof(Patterns))]
    public void Load_PatternThatCannotBeRewritten_IsRefusedByName(string pattern, string named)
    {
        var split = new JsonObject { ["type"] = "Split", ["behavior"] = "Isolated", ["pattern"] = new JsonObject { ["Regex"] = pattern } };

        ModelException error = Assert.Throws<ModelException>(() => TestTokenizer.LoadChanged(root => root["pre_tokenizer"] = split));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.merges", "[\"only\"]", "merge 0 that is no pair")]
    [InlineData("model.merges", "[\"q z\"]", "no token qz, which merge 0 needs")]
    [InlineData("model.unk_token", "\"?!\"", "no token ?!, which is its unk_token", "unknown")]
    [InlineData("added_tokens", "[{\"content\":\"x\"}]", "gives the added token x no id")]
    [InlineData("model.vocab", "{\"a\":\"b\"}", "gives the token a no id")]
    [InlineData("model.vocab", "[[\"a\"]]", "token 0 that is no pair", "unigram")]
    [InlineData("model.unk_id", "1000000", "the unk_id 1000000", "unigram")]
    [InlineData("model.unk_id", "null", "Unigram without unk_id", "unigram")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAAAA=="}""", "cut short")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"!"}""", "no base64")]
    [InlineData("normalizer", """{"type":"Strip","strip_left":1}""", "strip_left is neither true nor false")]
    [InlineData("decoder", """{"type":"Strip","content":" ","start":-1}""", "negative start")]
    public void Load_DamagedPart_IsRefusedByName(string path, string json, string named, string name = "default") => Assert.Contains(
        named, Assert.Throws<ModelException>(() => TestTokenizer.LoadChanged(root => Set(root, path, json), name)).Message, StringComparison.Ordinal);

    private static void Set(JsonObject root, string path, string json)
    {
        string[] parts = path.Split('.');
        JsonObject parent = parts.Length == 1 ? root : root[parts[0]]!.AsObject();
        parent[parts[^1]] = JsonNode.Parse(json);
    }
}
