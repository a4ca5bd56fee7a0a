using Microsoft.Extensions.Time.Testing;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Services.Tests;

public sealed class CallPacerTests
{
    private const string Account = "scorer/0123456789ab";

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly CallResult Answered = new(WasThrottled: false);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LocalScorerQuota _source;

    public CallPacerTests() => _source = new LocalScorerQuota(_clock);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 1)]
    [InlineData(60, 3)]
    [InlineData(300, 2)]
    [InlineData(6000, 2)]
    public void EnterAsync_SteadyDemandOfSeveral_ReachesTheLimitAndNeverPassesIt(int perMinute, int holders)
    {
        var limits = new QuotaLimits(perMinute, null, null, InFlight: 200);
        var crowds = Enumerable.Range(0, holders).Select(_ => new Crowd(Pacer(limits), callers: 60)).ToList();

        Run(crowds, TimeSpan.FromMinutes(4));

        List<TimeSpan> sent = [.. crowds.SelectMany(crowd => crowd.Sent).Order()];
        for (int first = 0; first + perMinute < sent.Count; first++)
            Assert.True(sent[first + perMinute] - sent[first] > TimeSpan.FromMinutes(1), $"{perMinute + 1} calls from {sent[first]}");
        int settled = sent.Count(at => at >= TimeSpan.FromMinutes(1));
        Assert.InRange(settled, (int)(3 * perMinute * 0.95), 3 * perMinute);
        Assert.All(crowds, crowd => Assert.InRange(crowd.Sent.Count, sent.Count / holders * 0.6, (sent.Count / holders * 1.4) + 1));
    }

    [Fact]
    public void EnterAsync_NoRate_BoundsCallsUnderWayOverAllHolders()
    {
        var limits = new QuotaLimits(null, null, null, InFlight: 8);
        List<Crowd> crowds = [.. Enumerable.Range(0, 3).Select(_ => new Crowd(Pacer(limits), callers: 20, took: TimeSpan.FromSeconds(3)))];

        Run(crowds, TimeSpan.FromSeconds(30), () => Assert.InRange(crowds.Sum(crowd => crowd.UnderWay), 0, 16));
        Run(crowds, TimeSpan.FromSeconds(30), () => Assert.InRange(crowds.Sum(crowd => crowd.UnderWay), 0, 8));

        Assert.All(crowds, crowd => Assert.InRange(crowd.Sent.Count, 30, 80));
    }

    [Fact]
    public async Task EnterAsync_CreditsRunOut_SaysSoAndSpendsNoMore()
    {
        var limits = new QuotaLimits(null, null, Credits: 1.0, InFlight: 3);
        CallPacer pacer = Pacer(limits);
        for (int call = 0; call < 5; call++)
            (await EnteredAsync(pacer, 0.2)).Leave(Answered with { CreditsSpent = 0.2 });

        Task<CallPass> more = pacer.EnterAsync(0.2, Stop);
        Advance(TimeSpan.FromSeconds(15));

        EndpointException fault = await Assert.ThrowsAsync<EndpointException>(() => more);
        Assert.Equal(FaultKind.Fatal, fault.Kind);
        Assert.Contains("the cap of 1 credits leaves 0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leave_CostLessThanReserved_TheRestIsSpentByOthers()
    {
        var limits = new QuotaLimits(null, null, Credits: 3, InFlight: 1);
        CallPacer pacer = Pacer(limits);
        for (int call = 0; call < 10; call++)
            (await EnteredAsync(pacer, 1)).Leave(Answered with { CreditsSpent = 0.2 });
    }

    [Fact]
    public async Task Leave_RetryAfter_HoldsEveryHolder()
    {
        var limits = new QuotaLimits(600, null, null, InFlight: 8);
        (CallPacer one, CallPacer other) = (Pacer(limits), Pacer(limits));
        (await EnteredAsync(one, 0)).Leave(new CallResult(WasThrottled: true, RetryAfter: TimeSpan.FromSeconds(30)));

        Task<CallPass>[] held = [one.EnterAsync(0, Stop), other.EnterAsync(0, Stop)];
        Advance(TimeSpan.FromSeconds(29.9));
        Assert.All(held, call => Assert.False(call.IsCompleted));
        Advance(TimeSpan.FromSeconds(5));
        Assert.All(held, call => Assert.True(call.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task EnterAsync_GivenUp_TakesNothingAndTheNextGoesInItsPlace()
    {
        var limits = new QuotaLimits(10, null, null, InFlight: 1);
        CallPacer pacer = Pacer(limits);
        CallPass inside = await EnteredAsync(pacer, 0);
        using var giveUp = new CancellationTokenSource();
        Task<CallPass> gone = pacer.EnterAsync(0, giveUp.Token);
        Task<CallPass> next = pacer.EnterAsync(0, Stop);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        Advance(TimeSpan.FromSeconds(20));
        Assert.False(next.IsCompleted);
        inside.Leave(Answered);
        inside.Leave(Answered);
        Advance(TimeSpan.FromSeconds(10));
        Assert.True(next.IsCompletedSuccessfully);
    }

    [Fact]
    public void EnterAsync_KeeperFails_AsksAgainWithoutTellingTwiceAndGrantsNothingMeanwhile()
    {
        var keeper = new Faulty(_source) { Fails = 3 };
        var pacer = new CallPacer(Account, new QuotaLimits(60, null, null, 4), keeper, _clock);
        Task<CallPass> call = pacer.EnterAsync(0, Stop);
        Assert.False(call.IsCompleted);
        Advance(TimeSpan.FromSeconds(3.4));
        Assert.False(call.IsCompleted);
        Advance(TimeSpan.FromSeconds(2));
        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal(4, keeper.Asked.Count);
    }

    [Fact]
    public async Task EnterAsync_DemandIsOver_GivesBackAndStopsAsking()
    {
        var keeper = new Faulty(_source);
        var pacer = new CallPacer(Account, new QuotaLimits(60, null, Credits: 100, 4), keeper, _clock);
        using var giveUp = new CancellationTokenSource();
        List<Task<CallPass>> calls = [.. Enumerable.Range(0, 5).Select(_ => pacer.EnterAsync(1, giveUp.Token))];
        (await calls[0]).Leave(Answered with { CreditsSpent = 0.5 });
        await giveUp.CancelAsync();
        Advance(TimeSpan.FromMinutes(5));

        QuotaAsk last = keeper.Asked[^1];
        Assert.Equal(0, last.Calls);
        Assert.Equal(keeper.Granted - 1, keeper.Asked.Sum(ask => ask.Report.UnusedCalls));
        Assert.Equal(keeper.Granted - 0.5, keeper.Asked.Sum(ask => ask.Report.UnusedCredits), 6);
        Assert.Equal(1, keeper.Asked.Sum(ask => ask.Report.Answered));
        int asked = keeper.Asked.Count;
        Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(asked, keeper.Asked.Count);
    }

    private CallPacer Pacer(QuotaLimits limits) => new(Account, limits, _source, _clock);

    private async Task<CallPass> EnteredAsync(CallPacer pacer, double credits)
    {
        Task<CallPass> call = pacer.EnterAsync(credits, Stop);
        for (int tick = 0; tick < 2000 && !call.IsCompleted; tick++)
            _clock.Advance(Tick);
        Assert.True(call.IsCompleted, "no call was let through in 40 s");
        return await call;
    }

    private void Advance(TimeSpan span)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < span; gone += Tick)
            _clock.Advance(Tick);
    }

    private void Run(List<Crowd> crowds, TimeSpan span, Action? check = null)
    {
        for (TimeSpan gone = TimeSpan.Zero; gone < span; gone += Tick)
        {
            foreach (Crowd crowd in crowds)
                crowd.Step(_clock.GetUtcNow() - _clock.Start);
            check?.Invoke();
            _clock.Advance(Tick);
        }
    }

    /// <summary>Callers that each make one call after another.</summary>
    private sealed class Crowd(CallPacer pacer, int callers, TimeSpan? took = null)
    {
        private readonly List<Task<CallPass>> _waiting = [];
        private readonly Queue<(CallPass Pass, TimeSpan Until)> _calls = new();

        public List<TimeSpan> Sent { get; } = [];

        public int UnderWay => _calls.Count;

        public void Step(TimeSpan now)
        {
            while (_calls.TryPeek(out var done) && done.Until <= now)
                _calls.Dequeue().Pass.Leave(Answered);
            while (_waiting.Count + _calls.Count < callers)
                _waiting.Add(pacer.EnterAsync(0, CancellationToken.None));
            foreach (Task<CallPass> call in _waiting.Where(call => call.IsCompletedSuccessfully).ToList())
            {
                _waiting.Remove(call);
                Sent.Add(now);
                _calls.Enqueue((call.Result, now + (took ?? TimeSpan.FromMilliseconds(200))));
            }
        }
    }

    /// <summary>The report of the wish is lost with its question, so the keeper goes on granting calls for now.</summary>
    [Fact]
    public async Task EnterAsync_ServiceWantsRestAndTheKeeperDoesNotKnow_AsksSeldomAndWaits()
    {
        var source = new Faulty(_source);
        var pacer = new CallPacer(Account, new QuotaLimits(null, null, null, InFlight: 4), source, _clock);
        CallPass pass = await EnteredAsync(pacer, 0);
        source.Fails = 1;
        pass.Leave(new CallResult(WasThrottled: true, RetryAfter: TimeSpan.FromSeconds(20)));
        int before = source.Asked.Count;

        Task<CallPass> next = pacer.EnterAsync(0, Stop);
        Advance(TimeSpan.FromSeconds(19));
        Assert.False(next.IsCompleted);
        Assert.InRange(source.Asked.Count - before, 0, 4);

        Advance(TimeSpan.FromSeconds(2));
        (await next).Leave(Answered);
    }

    private sealed class Faulty(IScorerQuota inner) : IScorerQuota
    {
        public int Fails { get; set; }

        public List<QuotaAsk> Asked { get; } = [];

        public int Granted { get; private set; }

        public async Task<QuotaGrant> TakeAsync(string quota, QuotaAsk ask, CancellationToken cancellationToken = default)
        {
            Asked.Add(ask);
            if (Fails-- > 0)
                throw new TimeoutException("the keeper is away");
            QuotaGrant grant = await inner.TakeAsync(quota, ask, cancellationToken);
            Granted += (grant as QuotaGrant.Granted)?.Calls ?? 0;
            return grant;
        }
    }
}
