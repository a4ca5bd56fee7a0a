using System.Text.Json;

namespace RailCluster.Generation.Tests;

// Each part by itself, against what the reference library gives (Data/parts.mjs).
public sealed class TokenizerPartTests
{
    [Fact]
    public void Apply_EveryPreTokenizer_CutsAsTheReference() => Assert.All(Vectors("pre-tokenizer-parts"), vector =>
    {
        List<Piece> pieces = [Piece.Of(vector.Input.GetString()!, first: true)];
        foreach (PreTokenizerStep step in PreTokenizerReader.Read(vector.Part))
        {
            List<Piece> next = [];
            pieces.ForEach(piece => step.Apply(piece, next));
            pieces = next;
        }

        Assert.Equal(vector.Output.EnumerateArray().Select(piece => piece.GetString()), pieces.Select(piece => piece.Span.ToString()));
    });

    [Fact]
    public void Apply_EveryNormalizer_WritesAsTheReference() => Assert.All(Vectors("normalizer-parts"), vector => Assert.Equal(
        vector.Output.GetString(),
        NormalizerReader.Read(vector.Part).Aggregate(vector.Input.GetString()!, (text, step) => step.Apply(text))));

    [Fact]
    public void Write_EveryDecoder_JoinsAsTheReference() => Assert.All(Vectors("decoder-parts"), vector =>
    {
        TokenDecoder decoder = DecoderReader.Read(vector.Part);
        var keeper = new TextKeeper();
        TextStage stages = decoder.Stages(keeper);
        foreach (JsonElement token in vector.Input.EnumerateArray())
            stages.Write(decoder.Token(token.GetString()!));
        stages.End();

        Assert.Equal(vector.Output.GetString(), keeper.Text.ToString());
    });

    [Theory]
    [InlineData("unigram", true, "the clinic, the doctor's.")]
    [InlineData("unigram", false, "the clinic , the doctor 's .")]
    // Newer versions of transformers leave the text of BPE alone, which cleaning would damage.
    [InlineData("llama", true, "the clinic , the doctor 's .")]
    public void Decode_CleanUpAskedFor_TakesSpacesOutSaveForBpe(string name, bool asked, string expected)
    {
        string settings = $$"""{"clean_up_tokenization_spaces":{{(asked ? "true" : "false")}}}""";
        ModelTokenizer tokenizer = TestTokenizer.LoadChanged(_ => { }, name, settings);

        string text = tokenizer.Decode(tokenizer.Encode("the clinic , the doctor 's .", addSpecialTokens: false), skipSpecial: true);

        Assert.Equal(expected, text);
    }

    [Fact]
    public void Load_AddedTokensWithOtherIds_CountOnFromTheVocabularyAsTheReference()
    {
        ModelTokenizer tokenizer = TestTokenizer.LoadChanged(root =>
        {
            foreach (var token in root["added_tokens"]!.AsArray())
                token!["id"] = 9999;
        });

        Assert.Equal(TestTokenizer.Load("default").Encode("<|end|>", false), tokenizer.Encode("<|end|>", false));
    }

    private static Vector[] Vectors(string name) =>
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(TestTokenizer.DataFile($"{name}.vectors.json")), JsonSerializerOptions.Web)!;

    public sealed record Vector(JsonElement Part, JsonElement Input, JsonElement Output);
}
