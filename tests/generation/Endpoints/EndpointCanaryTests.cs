using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Who an endpoint says it is, and what is proved of it.</summary>
public sealed class EndpointCanaryTests : EndpointTest
{
    [Fact]
    public async Task ProveAsync_GoodServer_PassesAndSaysWhatIsNotProved()
    {
        EndpointGenerator generator = await ConnectAsync();
        CanaryReport report = await generator.ProveAsync(Greedy, Stop);
        Assert.True(report.Passed);
        Assert.Equal(["served", "answer", "repeatable", "identity"], report.Canaries.Select(canary => canary.Name));
        Assert.Contains("from m-2026 (fp_1)", Detail(report, "answer"), StringComparison.Ordinal);
        Assert.Equal("two equal greedy requests had the same answer", Detail(report, "repeatable"));
        Assert.StartsWith("not proved", Detail(report, "identity"), StringComparison.Ordinal);
        Assert.All(Server.Requests, request => Assert.Equal(16, (int)request.Body["max_tokens"]!));
        Assert.Equal(0, generator.Stats.Prompts);
    }

    [Fact]
    public async Task ProveAsync_ServerThatVaries_PassesAndSaysSo()
    {
        Server.Chat = (request, context) => ChatServer.AnswerAsync(context, $"answer {request.Attempt}");
        CanaryReport report = await (await ConnectAsync()).ProveAsync(Greedy, Stop);
        Assert.True(report.Passed);
        Assert.Contains("results vary from run to run", Detail(report, "repeatable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProveAsync_OtherModel_FailsByNameAndAsksNothing()
    {
        CanaryReport report = await (await ConnectAsync(Quick() with { ModelName = "other" })).ProveAsync(Greedy, Stop);
        Assert.False(report.Passed);
        Assert.Equal("served: the server does not serve 'other'; it lists m: correct the model's name", report.Failures());
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<html>")]
    [InlineData("{\"data\":7}")]
    public async Task ProveAsync_NoList_LetsTheAnswerDecide(string? models)
    {
        Server.Models = models;
        CanaryReport report = await (await ConnectAsync()).ProveAsync(Greedy, Stop);
        Assert.True(report.Passed);
        Assert.Contains("no list of models", Detail(report, "served"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, "the server answered 500")]
    [InlineData(400, "refused the request (400)")]
    public async Task ProveAsync_NoAnswer_Fails(int status, string expected)
    {
        Server.Chat = (_, context) => ChatServer.ErrorAsync(context, status);
        CanaryReport report = await (await ConnectAsync()).ProveAsync(Greedy, Stop);
        Assert.Contains(expected, report.Failures(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProveAsync_ServerThatIgnoresTheLimit_Fails()
    {
        Server.Chat = (_, context) => ChatServer.AnswerAsync(context, "on and on", usage: """{"prompt_tokens":1,"completion_tokens":900,"total_tokens":901}""");
        Assert.Contains("does not keep to the limit", (await (await ConnectAsync()).ProveAsync(Greedy, Stop)).Failures(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_OfAnEndpoint_HasNoFilesAndIsAFunctionOfItsWords()
    {
        ModelInspection model = (await ConnectAsync()).Model;
        Assert.Equal(("endpoint", "endpoint", "unknown", 0L), (model.Layout, model.Engine.ExecutionProvider, model.Engine.Precision, model.Bytes));
        Assert.Equal(64, model.Fingerprint.Hash.Length);
        Assert.Equal(model, (await ConnectAsync(Quick() with { Key = null, Slots = 1 })).Model);
        Assert.NotEqual(model, (await ConnectAsync(Quick() with { ModelName = "n" })).Model);
        Server.Models = """{"data":[{"id":"m","owned_by":"vllm","root":"/new/weights"}]}""";
        Assert.NotEqual(model, (await ConnectAsync()).Model);
    }

    [Fact]
    public async Task Stats_AfterWork_CountWhatTheServerTold()
    {
        EndpointGenerator generator = await ConnectAsync();
        await AllAsync(generator, Many(4), Greedy);
        EndpointStats stats = generator.Stats;
        Assert.Equal((4L, 20L, 12L, 4L, 0L, 8), (stats.Prompts, stats.PromptTokens, stats.OutputTokens, stats.Requests, stats.Retries, stats.SlotsNow));
        Assert.Equal(["fp_1"], stats.SystemFingerprints);
    }

    private static string Detail(CanaryReport report, string name) => report.Canaries.Single(canary => canary.Name == name).Detail;
}
