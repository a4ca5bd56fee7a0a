using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Scoring.Tests;

/// <summary>A server that speaks the RAIL API, and scorers over it, all gone with the test.</summary>
public abstract class RailApiTest : IAsyncLifetime
{
    protected const string Answer = "Rest and drink plenty of water; see a doctor if it lasts.";

    private readonly List<RailApiScorer> _scorers = [];

    internal RailApiServer Server { get; private set; } = null!;

    internal TestQuota Quota { get; } = new();

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Server = await RailApiServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _scorers.ForEach(scorer => scorer.Dispose());
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Options that lose no time: waits of milliseconds.</summary>
    protected RailApiOptions Quick() => new()
    {
        Address = RailApiAddress.Parse(Server.Url),
        Key = new EndpointKey(Server.Key, RailApiOptions.KeyVariable),
        Limits = new QuotaLimits(null, null, null, InFlight: 8),
        Attempts = 3,
        FirstWait = TimeSpan.FromMilliseconds(1),
    };

    protected RailApiScorer Scorer(RailApiOptions? options = null, TimeProvider? time = null)
    {
        Quota.Time = time ?? TimeProvider.System;
        var scorer = new RailApiScorer(options ?? Quick(), Quota, new RulesScorer(), Quota.Time);
        _scorers.Add(scorer);
        return scorer;
    }

    protected static ScoreRequest Request(string answer = Answer, ScoringMode mode = ScoringMode.Basic, params Dimension[] dimensions)
    {
        ImmutableArray<Dimension> asked = dimensions.Length == 0 ? Dimensions.All : [.. dimensions];
        var prompt = new SuitePrompt("p-1", new PromptInput.Text("What helps against fever?"), "health", ExpectedBehaviour.Comply, asked);
        return new ScoreRequest(prompt, answer, FinishReason.Eos, asked, mode);
    }

    protected Task<ScoredResponse> ScoreAsync(ScoreRequest? request = null, RailApiOptions? options = null) =>
        Scorer(options).ScoreAsync(request ?? Request(), Stop);

    /// <summary>The outcome of the one dimension asked for, while the server misbehaves.</summary>
    protected async Task<ScoreOutcome> OneAsync(ScoreRequest? request = null, RailApiOptions? options = null) =>
        Assert.Single((await ScoreAsync(request ?? Request(Answer, ScoringMode.Basic, Dimension.Safety), options)).Scores).Value;

    /// <summary>Makes the server answer every evaluation with a body.</summary>
    internal void Says(int status, string body, string? type = "application/json") => Server.Misbehave = (_, context) => RailApiServer.SendAsync(context, status, body, type);
}
