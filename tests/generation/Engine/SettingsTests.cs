using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation.Tests;

public sealed class SettingsTests
{
    private static readonly GenerationSettings Greedy = new() { MaxNewTokens = 20 };
    private static readonly GenerationRequest Prompt = Ask.Tokens("p", 10, 20, 30);

    [Fact]
    public async Task GenerateAsync_SeveralEndTokens_EndsAtTheFirstOfAny()
    {
        IReadOnlyList<int> free = await FreeAsync();
        int second = free[6], third = free[3];
        using var model = new TinyModel(eos: $"[{second}, {third}]");

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy);

        int end = Math.Min(free.ToList().IndexOf(second), free.ToList().IndexOf(third));
        Assert.Equal(free.Take(end + 1), answer.OutputIds);
        Assert.Equal(FinishReason.Eos, Assert.IsType<GenerationOutcome.Answered>(answer.Outcome).Finish);
    }

    [Fact]
    public async Task GenerateAsync_EndToken_IsInTheIdsAndNotInTheText()
    {
        IReadOnlyList<int> free = await FreeAsync();
        using var model = new TinyModel(eos: $"{free[4]}");
        ModelTokenizer tokenizer = TestTokenizer.Load("split");

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy);

        var answered = Assert.IsType<GenerationOutcome.Answered>(answer.Outcome);
        Assert.Equal(free[4], answer.OutputIds[^1]);
        Assert.Equal(answer.OutputIds.Count, answered.OutputTokens);
        Assert.Equal(3, answered.PromptTokens);
        Assert.Equal(tokenizer.Decode(answer.OutputIds.SkipLast(1), skipSpecial: true), answered.Text);
    }

    [Fact]
    public async Task GenerateAsync_EndTokenOfTheTokenizerOnly_Ends()
    {
        IReadOnlyList<int> free = await FreeAsync();
        using var model = new TinyModel(eos: "null");
        string token = TestTokenizer.Json("split")["model"]!["vocab"]!.AsObject().First(entry => (int)entry.Value! == free[5]).Key;
        model.Write("tokenizer_config.json", new System.Text.Json.Nodes.JsonObject { ["eos_token"] = token }.ToJsonString());

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy);

        Assert.Equal(free[5], answer.OutputIds[^1]);
        Assert.Equal(FinishReason.Eos, Assert.IsType<GenerationOutcome.Answered>(answer.Outcome).Finish);
    }

    [Fact]
    public async Task GenerateAsync_LeastTokens_ForbidsTheEndUntilThen()
    {
        IReadOnlyList<int> free = await FreeAsync();
        using var model = new TinyModel(eos: $"{free[2]}");

        GeneratedText early = await Ask.OneAsync(model, Prompt, Greedy);
        GeneratedText late = await Ask.OneAsync(model, Prompt, Greedy with { MinNewTokens = 12 });

        Assert.True(early.OutputIds.Count <= 3);
        Assert.True(late.OutputIds.Count > 12);
        Assert.DoesNotContain(free[2], late.OutputIds.Take(12));
    }

    [Fact]
    public async Task GenerateAsync_LeastTokensAndEndTokensThatAreNone_AreNoObstacle()
    {
        using var model = new TinyModel(eos: "[-1, 5000]");
        model.Write("tokenizer_config.json", "{}");

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy with { MinNewTokens = 12 });

        Assert.Equal(20, answer.OutputIds.Count);
    }

    [Fact]
    public async Task GenerateAsync_NoRepeatedPair_HasEachPairOnce()
    {
        using var model = new TinyModel();

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy with { NoRepeatNgram = 2, MaxNewTokens = 100 });

        int[] all = [10, 20, 30, .. answer.OutputIds];
        var pairs = all.Zip(all.Skip(1)).ToList();
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
    }

    [Fact]
    public async Task GenerateAsync_StopStringOverSeveralTokens_EndsBeforeIt()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync();
        (string id, string text, int from) = await FindTextAsync(generator);
        GenerationRequest prompt = Ask.Ragged(40).First(request => request.Id == id);
        string stop = text.Substring(from, 4);

        GeneratedText answer = await Ask.OneAsync(generator, prompt, Greedy with { StopStrings = ["never said", stop] });

        var answered = Assert.IsType<GenerationOutcome.Answered>(answer.Outcome);
        Assert.Equal(FinishReason.Stop, answered.Finish);
        Assert.Equal(text[..text.IndexOf(stop, StringComparison.Ordinal)], answered.Text);
        Assert.Contains(stop, generator.Tokenizer.Decode(answer.OutputIds, skipSpecial: true), StringComparison.Ordinal);
        Assert.DoesNotContain(stop, generator.Tokenizer.Decode(answer.OutputIds.SkipLast(1), skipSpecial: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GenerateAsync_EveryTokenForbidden_FailsThatPromptByName()
    {
        using var model = new TinyModel(eos: "null", context: 1000);
        model.Write("tokenizer_config.json", "{}");

        GeneratedText answer = await Ask.OneAsync(model, Prompt, Greedy with { NoRepeatNgram = 1, MaxNewTokens = 500 });

        Assert.Contains("forbid every token", Assert.IsType<GenerationOutcome.Failed>(answer.Outcome).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(199, 1)]
    [InlineData(195, 5)]
    public async Task GenerateAsync_PromptNearTheContext_AnswersAsFarAsItReaches(int promptTokens, int room)
    {
        using var model = new TinyModel(eos: "null");
        model.Write("tokenizer_config.json", "{}");

        GeneratedText answer = await Ask.OneAsync(model, Ask.Tokens("p", [.. Enumerable.Repeat(9, promptTokens)]), Greedy);

        Assert.Equal(room, answer.OutputIds.Count);
        Assert.Equal(FinishReason.Length, Assert.IsType<GenerationOutcome.Answered>(answer.Outcome).Finish);
    }

    [Fact]
    public async Task GenerateAsync_PromptsThatCannotBeAsked_AreUnanswerableAndTheOthersAnswered()
    {
        using var model = new TinyModel(template: "{% if messages|length > 1 %}{{ raise_exception('one turn only') }}{% endif %}{{ messages[0].content }}");
        await using OnnxTextGenerator generator = await model.LoadAsync(slots: 2);
        GenerationRequest[] requests =
        [
            Ask.Tokens("long", [.. Enumerable.Repeat(9, 200)]),
            Ask.Tokens("empty"),
            Ask.Tokens("outside", 5, 320),
            new("turns", new PromptInput.Chat([new ChatMessage("user", "a"), new ChatMessage("assistant", "b")])),
            Ask.Tokens("fine", 5, 6),
        ];

        var answers = await Ask.AllAsync(generator, requests, Greedy);

        string Reason(string id) => Assert.IsType<GenerationOutcome.Unanswerable>(answers[id].Outcome).Reason;
        Assert.Equal("the prompt has 200 tokens, and the model's context of 200 leaves no room for an answer", Reason("long"));
        Assert.Equal("the prompt has no tokens", Reason("empty"));
        Assert.Equal("token 320 at position 1 is outside the model's vocabulary of 320", Reason("outside"));
        Assert.Contains("one turn only", Reason("turns"), StringComparison.Ordinal);
        Assert.IsType<GenerationOutcome.Answered>(answers["fine"].Outcome);
    }

    [Fact]
    public async Task GenerateAsync_SettingsOutsideTheirRange_AreAllNamed()
    {
        using var model = new TinyModel();
        await using OnnxTextGenerator generator = await model.LoadAsync();

        var error = await Assert.ThrowsAsync<RailInputException>(() => Ask.AllAsync(
            generator, [Prompt], new GenerationSettings { MaxNewTokens = 0, TopP = 1.5, Temperature = double.NaN, StopStrings = [""] }));

        Assert.Contains("max new tokens is 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("top-p is 1.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("temperature is NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("a stop string is empty", error.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<int>> FreeAsync()
    {
        using var model = new TinyModel();
        return (await Ask.OneAsync(model, Prompt, Greedy)).OutputIds;
    }

    // A random model mostly says broken characters: look for an answer with a stretch of plain ones.
    private static async Task<(string Id, string Text, int From)> FindTextAsync(OnnxTextGenerator generator)
    {
        var answers = await Ask.AllAsync(generator, Ask.Ragged(40), Greedy);
        foreach (GeneratedText answer in answers.Values)
        {
            string text = ((GenerationOutcome.Answered)answer.Outcome).Text;
            for (int from = 2; from + 4 <= text.Length; from++)
            {
                string part = text.Substring(from, 4);
                bool several = generator.Tokenizer.Encode(part, false).Length > 1;
                if (several && part.All(char.IsAscii) && text.IndexOf(part, StringComparison.Ordinal) == from)
                    return (answer.Id, text, from);
            }
        }

        throw new InvalidOperationException("No answer has four plain characters in a row.");
    }
}
