using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class AnswerRowTests
{
    private static readonly GenerationSettings Greedy = new() { Temperature = 0, MaxNewTokens = 100 };

    [Theory]
    [InlineData("default", "The clinic 🙂 opens at eight.")]
    [InlineData("llama", "The clinic 🙂🙂 opens at eight.")]
    [InlineData("unigrambytes", "The clinic 🙂 opens")]
    [InlineData("bert", "the doctor, the clinic")]
    public void Accept_AllTokensOfAText_AnswersWithWhatTheTokenizerDecodes(string name, string text)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        int[] ids = tokenizer.Encode(text, addSpecialTokens: true);

        GeneratedText answer = Answer(tokenizer, ids, Greedy, ids.Length);

        Assert.Equal(ids, answer.OutputIds);
        Assert.Equal(tokenizer.Decode(ids, skipSpecial: true), Text(answer));
    }

    [Theory]
    [InlineData("default", "c op")]
    [InlineData("llama", "c op")]
    [InlineData("mistral", "nic o")]
    [InlineData("unigram", "c op")]
    [InlineData("suffixed", "c op")]
    [InlineData("bert", "c op")]
    public void Accept_StopStringOverTokens_CutsTheTextBeforeIt(string name, string stop)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        int[] ids = tokenizer.Encode("the clinic opens at eight", addSpecialTokens: false);

        GeneratedText answer = Answer(tokenizer, ids, Greedy with { StopStrings = ["never said", stop] }, 100);

        Assert.Equal(FinishReason.Stop, Assert.IsType<GenerationOutcome.Answered>(answer.Outcome).Finish);
        Assert.Equal("the clinic opens"[.."the clinic opens".IndexOf(stop, StringComparison.Ordinal)], Text(answer).TrimStart());
        Assert.Contains(stop, tokenizer.Decode(answer.OutputIds, skipSpecial: true), StringComparison.Ordinal);
        Assert.DoesNotContain(stop, tokenizer.Decode(answer.OutputIds.SkipLast(1), skipSpecial: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Accept_StopStringOfByteTokens_EndsWithItsLastByte()
    {
        ModelTokenizer tokenizer = TestTokenizer.Load("llama");
        int[] ids = tokenizer.Encode("a🙂b", addSpecialTokens: false);

        GeneratedText answer = Answer(tokenizer, ids, Greedy with { StopStrings = ["🙂"] }, 100);

        Assert.Equal(ids.SkipLast(1), answer.OutputIds);
        Assert.Equal("a", Text(answer));
    }

    [Theory]
    [InlineData("default", "\ufffd")]
    [InlineData("llama", "\ufffd\ufffd\ufffd")]
    public void Accept_HalfACharacterAtTheLimit_EndsInReplacementsAsDecoded(string name, string end)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load(name);
        int[] ids = [.. tokenizer.Encode("a🙂", addSpecialTokens: false).SkipLast(1)];

        GeneratedText answer = Answer(tokenizer, ids, Greedy, ids.Length);

        Assert.Equal("a" + end, Text(answer));
        Assert.Equal(tokenizer.Decode(ids, skipSpecial: true), Text(answer));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void Accept_EqualLogits_ChoosesTheLowestId(int greatest)
    {
        ModelTokenizer tokenizer = TestTokenizer.Load("split");
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            float[] logits = [.. Enumerable.Range(0, random.Next(40, 320)).Select(_ => random.Next(3) switch { 0 => greatest, 1 => greatest == 0 ? -0f : 0, _ => -1f })];
            logits[random.Next(logits.Length)] = greatest;
            int first = Array.FindIndex(logits, logit => logit == greatest);

            GeneratedText? answer = new AnswerRow("p", [1], 1, Greedy, [], tokenizer).Accept(logits, new TokenChooser());

            Assert.Equal([first], answer!.OutputIds);
        }
    }

    private static string Text(GeneratedText answer) => Assert.IsType<GenerationOutcome.Answered>(answer.Outcome).Text;

    // A model that says exactly these tokens.
    private static GeneratedText Answer(ModelTokenizer tokenizer, int[] ids, GenerationSettings settings, int limit)
    {
        var row = new AnswerRow("p", [1], limit, settings, [], tokenizer);
        var chooser = new TokenChooser();
        foreach (int id in ids)
        {
            float[] logits = new float[tokenizer.VocabularySize];
            logits[id] = 1;
            if (row.Accept(logits, chooser) is { } answer)
                return answer;
        }

        throw new InvalidOperationException("The row did not finish.");
    }
}
