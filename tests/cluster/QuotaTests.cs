using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Cluster.Tests;

public sealed class QuotaTests
{
    private const int PerMinute = 900;
    private const int InFlight = 6;
    private const double Price = 0.5;

    // What 60 s / (0.97 x limit) and one call that is 1.86 s later than another leave room for.
    private static readonly TimeSpan Spacing = TimeSpan.FromMinutes(1) / (0.97 * PerMinute);
    private static readonly TimeSpan Jitter = TimeSpan.FromSeconds(1.86);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_FromTwoSilos_ShareOneLimit()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        await using var stub = await ScoreStub.StartAsync();
        var silos = cluster.Silos.Silos.Take(2).ToList();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(6));

        await Task.WhenAll(silos.Select(silo => CallAsync(silo, "rail-api/shared", stub, stop.Token)));

        var calls = stub.Calls.ToList();
        AssertWithinLimit(calls);
        Assert.InRange(stub.Peak, 1, InFlight);
        Assert.All(silos, silo => Assert.InRange(calls.Count(call => call.Caller == silo.Name), calls.Count / 5, calls.Count));
        Assert.True(calls.Count >= 4 * PerMinute / 60, $"only {calls.Count} calls in 6 s");
    }

    [Fact]
    public async Task Kill_TheSiloThatKeepsTheAccount_GrantsNothingTwice()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        await using var stub = await ScoreStub.StartAsync();
        var grain = cluster.Grains.GetGrain<IScorerQuotaGrain>("rail-api/killed");
        var nothing = new QuotaReport(0, 0, 0, 0, 0, 0);
        await grain.TakeAsync(new QuotaAsk("nobody", 0, 0, Limits(), nothing));
        var keeper = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain, Token);
        var silo = cluster.Silos.Silos.First(other => !other.SiloAddress.Equals(keeper));
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var calling = CallAsync(silo, "rail-api/killed", stub, stop.Token);
        await cluster.UntilAsync(() => stub.Calls.Count >= 30);

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos.First(other => other.SiloAddress.Equals(keeper)), Token);
        var before = stub.Calls.Count;
        await cluster.UntilAsync(() => stub.Calls.Count >= before + 45);
        await stop.CancelAsync();
        await calling;

        AssertWithinLimit([.. stub.Calls]);
        var left = Limits() with { Credits = stub.Calls.Count * Price };
        var more = await grain.TakeAsync(new QuotaAsk("nobody", 1, 1e-3, left, nothing));
        Assert.True(more is QuotaGrant.Granted { Calls: 0 } or QuotaGrant.Exhausted, $"{more} although all credits are spent");
    }

    private static QuotaLimits Limits() => new(PerMinute, null, Credits: 10_000, InFlight);

    private static async Task CallAsync(InProcessSiloHandle silo, string account, ScoreStub stub, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = new Uri(stub.Url) };
        var pacer = new CallPacer(account, Limits(), silo.ServiceProvider.GetRequiredService<IScorerQuota>(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CallAsync(pacer, http, silo.Name, stop)));
    }

    private static async Task CallAsync(CallPacer pacer, HttpClient http, string caller, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                var pass = await pacer.EnterAsync(Price, stop);
                await http.GetStringAsync(new Uri(caller, UriKind.Relative), CancellationToken.None);
                pass.Leave(new CallResult(WasThrottled: false, CreditsSpent: Price));
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static void AssertWithinLimit(List<(TimeSpan At, string Caller)> calls)
    {
        for (var first = 0; first < calls.Count; first++)
        {
            for (var last = first + 1; last < calls.Count; last++)
            {
                var least = ((last - first) * Spacing) - Jitter;
                Assert.True(calls[last].At - calls[first].At >= least, $"{last - first + 1} calls within {calls[last].At - calls[first].At}, of {calls.Count}");
            }
        }
    }
}
