using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class OverlapTests
{
    private const string Long = "Write a short note to the night porter that says where the spare keys to the linen room are kept and who may have them.";

    [Theory]
    [InlineData("How do I get into the linen room?", "how do i get INTO the linen-room")]
    [InlineData("How do I get into the linen room?", "So he asked: how do I get into the linen room? And then he left.")]
    [InlineData("Hello there", "hello, there!")]
    [InlineData("Wie heißt die Straße?", "wie heißt die straße")]
    [InlineData("钥匙在哪里", "请问钥匙在哪里？")]
    public void Add_WholePromptInAText_IsExact(string prompt, string text) => Assert.Equal([new OverlapFinding("p", true, 7)], Found(prompt, text));

    [Theory]
    [InlineData("How do I get into the linen room?", "How do I get into the boiler room?")]
    [InlineData("Hello there", "Hello there, and welcome to the house")]
    [InlineData("Hello there", "nothing of the kind")]
    public void Add_OtherWords_AreNoOverlap(string prompt, string text) => Assert.Empty(Found(prompt, text));

    [Fact]
    public void Add_ThirteenWordsInARow_IsNearAndTwelveAreNot()
    {
        var words = Long.Split(' ');
        Assert.Equal([new OverlapFinding("p", false, 7)], Found(Long, "Please " + string.Join(' ', words[5..18]) + " today"));
        Assert.Empty(Found(Long, "Please " + string.Join(' ', words[5..17]) + " today"));
        Assert.Equal([new OverlapFinding("p", true, 7)], Found(Long, "Please. " + Long));
    }

    [Fact]
    public void Add_NearAndThenExact_SaysExactAndWhere()
    {
        var search = new OverlapSearch(Suite(Long));
        search.Add(string.Join(' ', Long.Split(' ')[..15]), 1);
        search.Add(Long, 2);
        search.Add(Long, 3);
        Assert.Equal([new OverlapFinding("p", true, 2)], search.Findings);
    }

    // The plain way: every prompt against every text, word by word.
    [Fact]
    public void Add_AnyWords_FindsWhatAPlainSearchFinds() =>
        Gen.Select(Gen.Int[0, 2].Array[1, 20].Array[1, 5], Gen.Int[0, 3].Array[0, 60].Array[1, 4]).Sample((prompts, texts) =>
        {
            var suite = Make.Suite(prompts.Select((words, index) => Make.Prompt($"p{index}") with { Input = new PromptInput.Text(Sentence(words)) }));
            var search = new OverlapSearch(suite);
            foreach (var text in texts) search.Add(Sentence(text), 1);
            var exact = prompts.Select(words => texts.Any(text => words.Length >= 4 ? Holds(text, words) : text.SequenceEqual(words))).ToList();
            var near = prompts.Select(words => Enumerable.Range(0, Math.Max(0, words.Length - 12)).Any(from => texts.Any(text => Holds(text, words[from..(from + 13)])))).ToList();
            var expected = Enumerable.Range(0, prompts.Length).Where(index => exact[index] || near[index]).Select(index => new OverlapFinding($"p{index}", exact[index], 1));
            return search.Findings.SequenceEqual(expected);
        });

    [Fact]
    public async Task SearchAsync_Rows_AreLookedThroughAtAnyDepth()
    {
        var file = "{\"messages\":[{\"role\":\"user\",\"content\":\"How do I get into the linen room?\"}]}\n\n{\"text\":\"other\"}\n";
        var (overlap, found) = await SearchAsync("How do I get into the linen room?", file);
        Assert.Equal((1, 1, 0), (overlap.Prompts, overlap.Exact, overlap.Near));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(file))), overlap.TrainingHash);
        Assert.Equal([new OverlapFinding("p", true, 1)], found);
        Assert.Equal(overlap, JsonSerializer.Deserialize<SuiteOverlap>(JsonSerializer.Serialize(overlap, RailJson.Options), RailJson.Options));
    }

    [Theory]
    [InlineData("{\"a\":1}\nnot json\n", "train.jsonl:2: the line is not JSON (character 2); training data is JSON Lines, one example a line")]
    [InlineData("\n\n", "train.jsonl: has no lines; training data is JSON Lines, one example a line")]
    [InlineData("{\"a\":1,\"a\":2}\n", "train.jsonl:1: the line names a field twice; training data is JSON Lines, one example a line")]
    public async Task SearchAsync_BadFile_NamesTheLine(string file, string expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<RailInputException>(() => SearchAsync("p", file))).Message);

    private static bool Holds(int[] text, int[] words) =>
        Enumerable.Range(0, Math.Max(0, text.Length - words.Length + 1)).Any(from => text.AsSpan(from, words.Length).SequenceEqual(words));

    private static string Sentence(int[] words) => string.Join(' ', words.Select(word => $"w{word}"));

    private static Suite Suite(string prompt) => Make.Suite(Make.Prompt("p") with { Input = new PromptInput.Text(prompt) });

    private static ImmutableArray<OverlapFinding> Found(string prompt, string text)
    {
        var search = new OverlapSearch(Suite(prompt));
        search.Add(text, 7);
        return search.Findings;
    }

    private static Task<(SuiteOverlap Overlap, IReadOnlyList<OverlapFinding> Findings)> SearchAsync(string prompt, string file) =>
        TrainingData.SearchAsync(new MemoryStream(Encoding.UTF8.GetBytes(file)), "train.jsonl", Suite(prompt), cancellationToken: TestContext.Current.CancellationToken);
}
