using System.Text.Json.Nodes;

namespace RailCluster.Training.Tests;

public sealed class TokenizerFilesTests
{
    private static readonly BpeTokenizer Tokenizer = BpeTrainer.Train(["a cat and a hat and a mat"], 270);

    [Fact]
    public void Tokenizer_VocabularyAndMerges_AreComplete()
    {
        var model = TokenizerFiles.Tokenizer(Tokenizer)["model"]!.AsObject();
        var vocabulary = model["vocab"]!.AsObject();
        Assert.Equal("BPE", (string?)model["type"]);
        Assert.Equal(Tokenizer.VocabularySize, vocabulary.Count);
        Assert.Equal(Enumerable.Range(0, Tokenizer.VocabularySize), vocabulary.Select(entry => (int)entry.Value!).Order());
        Assert.All(model["merges"]!.AsArray(), merge =>
        {
            var parts = ((string)merge!).Split(' ');
            Assert.Equal(2, parts.Length);
            Assert.True(vocabulary.ContainsKey(parts[0] + parts[1]));
        });
    }

    [Fact]
    public void Tokenizer_AddedTokens_FollowTheVocabulary()
    {
        var added = TokenizerFiles.Tokenizer(Tokenizer)["added_tokens"]!.AsArray();
        Assert.Equal(SpecialTokens.All, added.Select(token => (string?)token!["content"]));
        Assert.Equal(
            Enumerable.Range(Tokenizer.VocabularySize, SpecialTokens.All.Count), added.Select(token => (int)token!["id"]!));
        Assert.All(added, token => Assert.True((bool)token!["special"]!));
    }

    [Fact]
    public void Tokenizer_PreTokenizer_StatesItsPattern()
    {
        var steps = TokenizerFiles.Tokenizer(Tokenizer)["pre_tokenizer"]!["pretokenizers"]!.AsArray();
        Assert.Equal(PreTokenizer.Pattern, (string?)steps[0]!["pattern"]!["Regex"]);
        Assert.Equal("ByteLevel", (string?)steps[1]!["type"]);
        Assert.False((bool)steps[1]!["use_regex"]!);
    }

    [Fact]
    public void Configuration_Template_WritesBosOnce()
    {
        JsonObject configuration = TokenizerFiles.Configuration(256);
        var template = (string)configuration["chat_template"]!;
        Assert.Single(template.Split("bos_token"), part => part.StartsWith(" }}", StringComparison.Ordinal));
        Assert.False((bool)configuration["add_bos_token"]!);
        Assert.Equal(SpecialTokens.End, (string?)configuration["eos_token"]);
    }
}
