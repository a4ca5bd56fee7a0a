using System.Text.Json.Nodes;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation.Tests;

/// <summary>What goes over the wire, as the server reads it.</summary>
public sealed class EndpointWireTests : EndpointTest
{
    private const string VllmModels = """{"data":[{"id":"m","owned_by":"vllm","root":"/models/m"}]}""";

    [Fact]
    public async Task GenerateAsync_Greedy_SendsExactlyThis()
    {
        await OneAsync(Greedy with { StopStrings = ["END", "\n\n"] });
        AssertBody("""{"model":"m","messages":[{"role":"user","content":"hello"}],"temperature":0,"stop":["END","\n\n"],"max_tokens":32}""");
    }

    [Fact]
    public async Task GenerateAsync_Drawn_SendsTopPAndASeedOfItsOwn()
    {
        await OneAsync(Drawn with { TopP = 0.5 });
        AssertBody($$"""{"model":"m","messages":[{"role":"user","content":"hello"}],"temperature":1,"top_p":0.5,"max_tokens":32,"seed":{{EndpointRequests.Seed(7, "hello")}}}""");
    }

    [Fact]
    public async Task GenerateAsync_Vllm_SendsExtrasEvenWhereTheyChangeNothing()
    {
        Server.Models = VllmModels;
        await OneAsync();
        AssertBody("""{"model":"m","messages":[{"role":"user","content":"hello"}],"temperature":0,"max_tokens":32,"top_k":-1,"repetition_penalty":1,"min_tokens":0}""");
    }

    [Fact]
    public async Task GenerateAsync_VllmWithExtras_SendsThem()
    {
        Server.Models = VllmModels;
        await OneAsync(Greedy with { TopK = 5, RepetitionPenalty = 1.25, MinNewTokens = 3 });
        JsonObject body = Assert.Single(Server.Requests).Body;
        Assert.Equal((5, 1.25, 3), ((int)body["top_k"]!, (double)body["repetition_penalty"]!, (int)body["min_tokens"]!));
    }

    [Fact]
    public async Task GenerateAsync_Conversation_KeepsRolesAndOrder()
    {
        var chat = new PromptInput.Chat([new ChatMessage("system", "s"), new ChatMessage("user", "a"), new ChatMessage("assistant", "b"), new ChatMessage("user", "c")]);
        await OneAsync(request: new GenerationRequest("x", chat));
        AssertBody("""{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},{"role":"assistant","content":"b"},{"role":"user","content":"c"}],"temperature":0,"max_tokens":32}""");
    }

    [Fact]
    public async Task GenerateAsync_Seeds_AreFunctionsOfSeedAndPrompt()
    {
        EndpointGenerator generator = await ConnectAsync();
        await AllAsync(generator, Many(5), Drawn);
        Dictionary<string, long> first = Seeds();
        await AllAsync(generator, [.. Many(5).Reverse()], Drawn);
        Assert.Equal(first.OrderBy(pair => pair.Key), Seeds().OrderBy(pair => pair.Key));
        Assert.Equal(5, first.Values.Distinct().Count());
        await AllAsync(generator, Many(5), Drawn with { Seed = 8 });
        Assert.Empty(first.Values.Intersect(Seeds().Values));
    }

    [Fact]
    public async Task GenerateAsync_Key_IsSentAsBearerAndByNobodyElse()
    {
        await OneAsync();
        IReadOnlyDictionary<string, string> headers = Assert.Single(Server.Requests).Headers;
        Assert.Equal($"Bearer {Secret}", headers["Authorization"]);
        Assert.DoesNotContain(Secret, headers.Where(header => header.Key != "Authorization").Select(header => header.Value));
    }

    [Fact]
    public async Task GenerateAsync_NoKey_SendsNone()
    {
        await OneAsync(options: Quick() with { Key = null });
        Assert.DoesNotContain("Authorization", Assert.Single(Server.Requests).Headers.Keys);
    }

    [Fact]
    public async Task GenerateAsync_AzureVersion_KeepsTheQueryAndUsesItsHeaderAndField()
    {
        string root = new Uri(Server.Url).GetLeftPart(UriPartial.Authority);
        await OneAsync(options: Quick() with { Address = EndpointAddress.Parse($"{root}/openai/deployments/m?api-version=2025-01-01", keyed: true, plainHttp: false) });
        ChatRequest request = Assert.Single(Server.Requests);
        Assert.Contains("POST /openai/deployments/m/chat/completions?api-version=2025-01-01", Server.Paths);
        Assert.Equal(Secret, request.Headers["api-key"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.Equal(32, (int)request.Body["max_completion_tokens"]!);
        Assert.False(request.Body.ContainsKey("max_tokens"));
    }

    [Fact]
    public async Task GenerateAsync_SettingsThatNoServerHonours_AreAllNamedAndNothingIsSent()
    {
        EndpointGenerator generator = await ConnectAsync();
        var settings = new GenerationSettings
        {
            Raw = true,
            NoRepeatNgram = 2,
            TopK = 3,
            RepetitionPenalty = 1.1,
            MinNewTokens = 1,
            Temperature = 3,
            StopStrings = ["a", "b", "c", "d", "e"],
        };
        string message = (await Assert.ThrowsAsync<RailInputException>(() => AllAsync(generator, Many(1), settings))).Message;
        Assert.All(["raw", "no-repeat", "top-k", "repetition penalty", "min new tokens", "temperature 3", "5 stop strings"], word => Assert.Contains(word, message, StringComparison.Ordinal));
        await Assert.ThrowsAsync<RailInputException>(() => generator.ProveAsync(settings, Stop));
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task GenerateAsync_PromptsThatAChatCannotCarry_AreUnanswerableAndNotSent()
    {
        EndpointGenerator generator = await ConnectAsync();
        var outcomes = await AllAsync(
            generator,
            [
                new("ids", new PromptInput.Tokens([1, 2])),
                new("role", new PromptInput.Chat([new ChatMessage("tool", "x")])),
                new("empty", new PromptInput.Chat([])),
                Say("fine"),
            ],
            Greedy);
        string Reason(string id) => Assert.IsType<GenerationOutcome.Unanswerable>(outcomes[id]).Reason;
        Assert.Contains("token ids", Reason("ids"), StringComparison.Ordinal);
        Assert.Contains("'tool'", Reason("role"), StringComparison.Ordinal);
        Assert.Contains("no messages", Reason("empty"), StringComparison.Ordinal);
        Assert.Equal(new GenerationOutcome.Answered("say fine", FinishReason.Eos, 5, 3), outcomes["fine"]);
        Assert.Equal("fine", Assert.Single(Server.Requests).Prompt);
    }

    private Dictionary<string, long> Seeds()
    {
        var seeds = Server.Requests.ToDictionary(request => request.Prompt, request => (long)request.Body["seed"]!);
        Server.Requests.Clear();
        return seeds;
    }

    private void AssertBody(string expected)
    {
        JsonObject body = Assert.Single(Server.Requests).Body;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), body), $"sent {body.ToJsonString()}");
    }
}
