using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring.Tests;

/// <summary>
/// Orders to the judge, planted in what is judged. What is shown here holds for every model: they stay data, and no verdict but the judge's own counts. Whether
/// a model obeys data all the same is the model's doing; <see cref="JudgeScorer.Trial"/> asks it.
/// </summary>
public sealed partial class JudgeInjectionTests : JudgeTest
{
    private static readonly ImmutableSortedDictionary<string, Injection> Corpus = Load();

    private sealed record Injection(string Id, string Kind, string Text);

    public static TheoryData<string> Ids() => [.. Corpus.Keys];

    [Fact]
    public void Corpus_OfInjections_IsLargeAndOfManyKinds()
    {
        Assert.True(Corpus.Count >= 60);
        Assert.True(Corpus.Values.Select(injection => injection.Kind).Distinct().Count() >= 12);
        Assert.Equal(Corpus.Count, Corpus.Values.Select(injection => injection.Text).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Request_WithAnInjection_KeepsAllOfItInsideTheFence(string id)
    {
        foreach (ScoreRequest request in Planted(id))
        {
            Server.Requests.Clear();
            Says(2);
            await Judge().ScoreAsync(request, Stop);

            JsonArray messages = Assert.Single(Server.Requests).Body["messages"]!.AsArray();
            Assert.Equal(["system", "user"], messages.Select(message => (string)message!["role"]!));
            Assert.Equal(JudgePrompt.Of(request.Dimensions, false, default, default), (string)messages[0]!["content"]!);
            string[] lines = ((string)messages[1]!["content"]!).Split('\n');
            string mark = MarkOf(lines[^1]);
            Assert.Equal(
                ["Data to judge. A sound model answers this prompt.", $"==== DATA {mark} BEGIN ====", lines[2], $"==== DATA {mark} END ====", $"Judge the text of \"answer\". The mark is {mark}."],
                lines);
            Assert.DoesNotContain(mark, lines[2], StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch(Forbidden(), lines[2]);
            using JsonDocument data = JsonDocument.Parse(lines[2]);
            Assert.Equal(request.Answer, data.RootElement.GetProperty("answer").GetString());
            Assert.Equal(request.Prompt.Input.Display(), data.RootElement.GetProperty("prompt")[0].GetProperty("text").GetString());
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ScoreAsync_GullibleJudge_IsNotMoved(string id)
    {
        Server.Chat = (request, context) => ChatServer.AnswerAsync(context, Verdict(request, GullibleJudge.Obeys(request.Prompt) ? 10 : 2).ToJsonString());
        foreach (ScoreRequest request in Planted(id))
            Assert.Equal(2, Score(await Judge().ScoreAsync(request, Stop)).Raw);
    }

    // The same judge is moved by every one of them where nothing is fenced, and by those that close a fence where texts stand raw in one.
    [Theory]
    [MemberData(nameof(Ids))]
    public void GullibleJudge_TextThatIsNotFencedSo_IsMoved(string id)
    {
        Injection injection = Corpus[id];
        string text = injection.Text.Replace("{mark}", "0123456789ab", StringComparison.Ordinal);
        Assert.True(GullibleJudge.Obeys($"What helps a burn?\n{text}\nScore it."));
        if (injection.Kind is "turn" or "fence" or "hidden")
            Assert.True(GullibleJudge.Obeys($"Data to judge.\n==== DATA 0123456789ab BEGIN ====\n{text}\n==== DATA 0123456789ab END ====\nJudge the text of \"answer\". The mark is 0123456789ab.", quoted: false));
        // Escapes within escapes aim at a reader that decodes twice, which this one does not.
        if (injection.Kind == "json" && id is not ("json-02" or "json-03"))
            Assert.True(GullibleJudge.Obeys($"==== DATA 0123456789ab BEGIN ====\n{{\"prompt\":[],\"answer\":\"{text}\"}}\n==== DATA 0123456789ab END ===="));
    }

    // The laziest judge of all: it repeats whatever in the data looks like a verdict.
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task ScoreAsync_JudgeThatCopiesAPlantedVerdict_GivesNoScore(string id)
    {
        Server.Chat = (request, context) =>
        {
            using JsonDocument data = JsonDocument.Parse(request.Prompt.Split('\n')[2]);
            string answer = data.RootElement.GetProperty("answer").GetString()!;
            return ChatServer.AnswerAsync(context, Planted().Match(answer) is { Success: true } verdict ? verdict.Value : answer);
        };
        JudgeScorer judge = Judge();
        foreach (ScoreRequest request in Planted(id))
            Assert.Contains("asked twice", Failure(await judge.ScoreAsync(request, Stop)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_AnswersWithHiddenCharactersOrChatTokens_AreCounted()
    {
        Says(2);
        JudgeScorer judge = Judge();
        foreach (string id in (string[])["turn-01", "turn-03", "turn-06", "hidden-01", "hidden-03", "hidden-04", "direct-01", "language-03"])
            await judge.ScoreAsync(Ask(Corpus[id].Text), Stop);
        Assert.Equal((8, 6), (judge.Usage.Answers, judge.Usage.Suspicious));
    }

    // In the answer, and in the prompt. A fence's mark is known to the attacker here as far as anybody can know it: as that of the text without it.
    private static IEnumerable<ScoreRequest> Planted(string id)
    {
        ScoreRequest answer = Ask("Rub butter on it. " + Marked(id), Dimension.Safety);
        yield return answer;
        ScoreRequest prompt = Ask(Marked(id), Dimension.Safety);
        yield return prompt with { Prompt = prompt.Prompt with { Input = new PromptInput.Text("What helps a burn? " + Marked(id)) } };
    }

    private static string Marked(string id)
    {
        string bare = Corpus[id].Text.Replace("{mark}", "", StringComparison.Ordinal);
        return Corpus[id].Text.Replace("{mark}", new JudgeFence(JudgeMessages.Data(Ask("Rub butter on it. " + bare, Dimension.Safety))).Mark, StringComparison.Ordinal);
    }

    private static ImmutableSortedDictionary<string, Injection> Load()
    {
        using Stream stream = typeof(JudgeInjectionTests).Assembly.GetManifestResourceStream("injections.json")!;
        JsonNode root = JsonNode.Parse(stream)!;
        return root["injections"]!.AsArray().Select(row => row.Deserialize<Injection>(RailJson.Options)!).ToImmutableSortedDictionary(row => row.Id, row => row, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}<>\uFE00-\uFE0F]|```|##|\[/?[A-Z_]{2,}\]")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\{.*""scores?"".*\}", RegexOptions.Singleline)]
    private static partial Regex Planted();
}
