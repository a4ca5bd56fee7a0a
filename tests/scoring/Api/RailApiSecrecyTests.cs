using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

/// <summary>The key goes over the wire to the server it is for, and into no text.</summary>
public sealed class RailApiSecrecyTests : RailApiTest
{
    [Theory]
    [InlineData(200)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(402)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(418)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(503)]
    public async Task ScoreAsync_ServerThatSendsTheKeyBack_IsNotQuotedWithIt(int status)
    {
        string escaped = string.Concat(Server.Key.Select(c => $"\\u{(int)c:x4}"));
        foreach (string key in (string[])[Server.Key, escaped])
        {
            Says(status, $$$"""
                {"result":{"dimension_scores":{"safety":{"score":"{{{key}}}","confidence":1}, "privacy":{"score":1,"confidence":1,"explanation":"{{{key}}}","issues":["{{{key}}}"],"suggestions":["{{{key}}}"]} } },
                 "error":{"message":"bad {{{key}}}","code":"{{{key}}}"},"code":"{{{key}}}"}
                """);
            RailApiScorer scorer = Scorer();
            ScoredResponse scored = await scorer.ScoreAsync(Request(Answer, ScoringMode.Deep, Dimension.Safety, Dimension.Privacy), Stop);
            string told = JsonSerializer.Serialize(scored, RailJson.Options) + scorer.Stopped + scorer.Usage + scorer + scorer.Identity;
            Assert.DoesNotContain(Server.Key, told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Server.Key[5..], told, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Server.Key.Replace('-', '_'), told, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task Client_Faults_HoldNoKeyInAnyException()
    {
        RailApiOptions options = Quick() with { Attempts = 1 };
        using var caller = new RailApiCaller(options, Quota, TimeProvider.System);
        var call = RailApiCall.Of(Request(), Answer, "0");
        foreach (int status in (int[])[400, 401, 403, 422, 500])
        {
            Server.Misbehave = (_, context) => Server.ErrorAsync(context, status, $"bad {Server.Key}", Server.Key);
            Assert.DoesNotContain(Server.Key, (await Assert.ThrowsAsync<EndpointException>(() => caller.AskAsync(call, Stop))).ToString(), StringComparison.Ordinal);
        }

        using var nowhere = new RailApiCaller(options with { Address = RailApiAddress.Parse("http://127.0.0.1:9") }, Quota, TimeProvider.System);
        Assert.DoesNotContain(Server.Key, (await Assert.ThrowsAsync<EndpointException>(() => nowhere.AskAsync(call, Stop))).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_OfKeyOptionsAndScorer_DoNotShowIt()
    {
        RailApiOptions options = Quick();
        string told = $"{options} {options.Key} {options.Account} {Scorer(options)} {JsonSerializer.Serialize(options.Key)}";
        Assert.DoesNotContain(Server.Key, told, StringComparison.Ordinal);
        Assert.Contains("Key = [key]", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScoreAsync_TracesAndEventsOfThePlatform_HoldNoKey()
    {
        using var events = new Events();
        var tags = new ConcurrentQueue<string>();
        using var activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => tags.Enqueue(activity.DisplayName + string.Join(' ', activity.TagObjects)),
        };
        ActivitySource.AddActivityListener(activities);
        await ScoreAsync();
        Assert.NotEmpty(tags);
        Assert.NotEmpty(events.Told);
        Assert.DoesNotContain(tags.Concat(events.Told), text => text.Contains(Server.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ScoreAsync_Redirect_IsNotFollowed()
    {
        await using RailApiServer elsewhere = await RailApiServer.StartAsync();
        Server.Misbehave = (_, context) =>
        {
            context.Response.Headers.Location = elsewhere.Url + "/railscore/v1/eval";
            return Server.ErrorAsync(context, 308, "moved");
        };
        Assert.True((await ScoreAsync()).HasFailures);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("not an address", "is not an https address")]
    [InlineData("ftp://host", "is not an https address")]
    [InlineData("https://user:hunter2@host", "may have no user name")]
    [InlineData("https://host?key=hunter2", "may have no user name, query")]
    [InlineData("https://host#hunter2", "may have no user name, query or fragment")]
    [InlineData("http://host", "unencrypted to host")]
    public void Parse_AddressThatIsRefused_IsNamedWithoutItsSecrets(string text, string expected)
    {
        string message = Assert.Throws<RailInputException>(() => RailApiAddress.Parse(text)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.responsibleailabs.ai/", "https://api.responsibleailabs.ai", "https://api.responsibleailabs.ai/railscore/v1/eval")]
    [InlineData("https://Gate.Example/rail/", "https://gate.example/rail", "https://gate.example/rail/railscore/v1/eval")]
    [InlineData("https://gate.example/railscore/v1/eval", "https://gate.example", "https://gate.example/railscore/v1/eval")]
    [InlineData("http://[::1]:5", "http://[::1]:5", "http://[::1]:5/railscore/v1/eval")]
    public void Parse_AddressInManySpellings_IsOne(string text, string shown, string eval)
    {
        var address = RailApiAddress.Parse(text);
        Assert.Equal((shown, eval), (address.ToString(), address.Eval.AbsoluteUri));
    }

    private sealed class Events : EventListener
    {
        public ConcurrentQueue<string> Told { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name is "System.Net.Http" or "System.Net.Sockets" or "System.Net.NameResolution")
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) => Told?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? (IReadOnlyCollection<object?>)[])}");
    }
}
