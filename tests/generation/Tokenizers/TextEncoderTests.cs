using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

// The vectors are the outputs of the reference library (Rust), which Data/make-vectors.mjs records.
public sealed class TextEncoderTests
{
    private const int Room = 10_000;

    public static TheoryData<string> Names => [.. Vectors().Select(vector => vector.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Encode_EveryPair_GivesTheReferenceIdsAndTypes(string name)
    {
        Vector[] vectors = [.. Vectors().Where(vector => vector.Name == name)];
        ITextEncoder encoder = Open(name, vectors[0].Pair);
        Assert.All(vectors, vector => Assert.NotEqual([], vector.Ids));
        Assert.All(vectors, vector =>
        {
            EncodedText encoded = encoder.Encode(vector.First, vector.Second, Room, TextCut.Start);
            Assert.Equal(vector.Ids, encoded.Ids);
            Assert.Equal(vector.Types, encoded.Types);
            Assert.Equal(0, encoded.Missing);
        });
    }

    [Theory]
    [InlineData("bert", "[CLS] a [SEP]")]
    [InlineData("roberta", "<s>a</s>")]
    [InlineData("default", "<|end|>")]
    public void Encode_TextThatSpellsSpecialTokens_GivesNone(string name, string text)
    {
        ITextEncoder encoder = Open(name);
        int[] asTokens = TestTokenizer.Load(name).Encode(text, addSpecialTokens: true);
        EncodedText encoded = encoder.Encode(text, Room, TextCut.Start);

        Assert.NotEqual(asTokens, encoded.Ids);
        Assert.Equal(encoder.MarksOfOne, encoded.Ids.Count(id => SpecialIds(name).Contains(id)));
    }

    [Theory]
    [InlineData(TextCut.Start, new[] { "sits", "down" })]
    [InlineData(TextCut.End, new[] { "cat", "sits" })]
    public void Encode_OneTextTooLong_LosesTokensWhereAsked(TextCut cut, string[] kept)
    {
        ITextEncoder encoder = Words();
        EncodedText encoded = encoder.Encode("cat sits down", longest: 4, cut);

        Assert.Equal([1, .. kept.Select(Id), 2], encoded.Ids);
        Assert.Equal(1, encoded.Missing);
    }

    [Theory]
    [InlineData(7, TextCut.Start, new[] { "down" }, new[] { "hat", "cat", "sits" })]
    [InlineData(7, TextCut.End, new[] { "cat" }, new[] { "hat", "cat", "sits" })]
    [InlineData(5, TextCut.Start, new string[0], new[] { "cat", "sits" })]
    [InlineData(5, TextCut.End, new string[0], new[] { "hat", "cat" })]
    public void Encode_PairTooLong_LosesTheFirstTextFirst(int longest, TextCut cut, string[] first, string[] second)
    {
        EncodedText encoded = Words().Encode("cat sits down", "hat cat sits", longest, cut);

        Assert.Equal([1, .. first.Select(Id), 2, .. second.Select(Id), 2], encoded.Ids);
        Assert.Equal([.. Enumerable.Repeat(0, first.Length + 2), .. Enumerable.Repeat(1, second.Length + 1)], encoded.Types);
        Assert.Equal(6 + 3 - longest, encoded.Missing);
    }

    [Fact]
    public void Encode_AnyPairAndRoom_FitsAndKeepsTheMarks()
    {
        ITextEncoder encoder = Open("bert");
        Gen.Select(Gen.String, Gen.String, Gen.Int[4, 40], Gen.Bool).Sample((first, second, room, start) =>
        {
            EncodedText encoded = encoder.Encode(first, second, room, start ? TextCut.Start : TextCut.End);
            EncodedText whole = encoder.Encode(first, second, 1_000_000, TextCut.Start);
            Assert.True(encoded.Ids.Length <= room);
            Assert.Equal(whole.Ids.Length - encoded.Missing, encoded.Ids.Length);
            Assert.Equal((2, 3), (encoded.Ids[0], encoded.Ids[^1]));
            Assert.Equal(encoded.Ids.Length, encoded.Types.Length);
            Assert.All(encoded.Ids, id => Assert.InRange(id, 0, encoder.VocabularySize - 1));
        });
    }

    [Fact]
    public void Encode_PairWhereNothingIsSaidOfPairs_IsRefused()
    {
        ITextEncoder encoder = Open("default");

        Assert.Null(encoder.MarksOfPair);
        Assert.Throws<InvalidOperationException>(() => encoder.Encode("a", "b", Room, TextCut.Start));
    }

    [Fact]
    public void Open_FolderWithoutTokenizer_SaysWhatIsMissing()
    {
        using var folder = new TempFolder();

        Assert.Contains("tokenizer.json is missing", Assert.Throws<RailInputException>(() => TextEncoders.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherContent_HasAnotherHash()
    {
        Assert.Equal(Open("bert").Hash, Open("bert").Hash);
        Assert.NotEqual(Open("bert").Hash, Open("roberta").Hash);
    }

    private static ITextEncoder Open(string name, JsonNode? pair = null)
    {
        using var folder = new TempFolder();
        JsonObject json = TestTokenizer.Json(name);
        if (pair is not null)
            json["post_processor"]!["pair"] = pair.DeepClone();
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return TextEncoders.Open(folder.Path);
    }

    // What is unknown is no mark.
    private static HashSet<int> SpecialIds(string name) =>
        [.. TestTokenizer.Json(name)["added_tokens"]!.AsArray().Where(token => (bool)token!["special"]! && !((string)token["content"]!).Contains("unk", StringComparison.OrdinalIgnoreCase)).Select(token => (int)token!["id"]!)];

    private static int Id(string word) => 3 + Array.IndexOf(["cat", "sits", "down", "hat"], word);

    private static ITextEncoder Words()
    {
        using var folder = new TempFolder();
        var words = new JsonObject();
        foreach ((int id, string word) in new[] { "[UNK]", "[CLS]", "[SEP]", "cat", "sits", "down", "hat" }.Index())
            words[word] = id;
        var json = new JsonObject
        {
            ["model"] = new JsonObject { ["type"] = "WordLevel", ["unk_token"] = "[UNK]", ["vocab"] = words },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "Whitespace" },
            ["post_processor"] = new JsonObject { ["type"] = "BertProcessing", ["cls"] = new JsonArray("[CLS]", 1), ["sep"] = new JsonArray("[SEP]", 2) },
        };
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return TextEncoders.Open(folder.Path);
    }

    private static Vector[] Vectors() =>
        JsonSerializer.Deserialize<Vector[]>(File.ReadAllText(TestTokenizer.DataFile("pairs.vectors.json")), JsonSerializerOptions.Web)!;

    public sealed record Vector(string Name, JsonNode? Pair, string First, string Second, int[] Ids, int[] Types);
}
