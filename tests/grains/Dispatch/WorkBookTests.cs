using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains.Tests;

public sealed class WorkBookTests
{
    private static readonly LeaseRules Rules = new() { Duration = TimeSpan.FromSeconds(30), FirstBackoff = TimeSpan.FromSeconds(1) };

    private readonly WorkBook _book = new(epoch: 7, Rules);

    [Fact]
    public void Lend_OpenShards_LendsEachOnceInOrder()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: [2, 0, 1]));

        var first = Lend(WorkKind.Generate, most: 2);
        var second = Lend(WorkKind.Generate);

        Assert.Equal([0, 1], first.Select(Shard));
        Assert.Equal([2], second.Select(Shard));
        Assert.Empty(Lend(WorkKind.Generate));
        Assert.All(first.Concat(second), lease => Assert.Equal(7, lease.Id.Epoch));
    }

    [Fact]
    public void Complete_Answered_IsLentForScoringAndThenGone()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: 0));
        _book.Complete(Lend(WorkKind.Generate)[0].Id, LeaseResult.Done, Worlds.Noon);

        Assert.Empty(Lend(WorkKind.Generate));
        var scoring = Assert.Single(Lend(WorkKind.Score));
        Assert.IsType<WorkItem.Score>(scoring.Work);

        _book.Complete(scoring.Id, LeaseResult.Done, Worlds.Noon);
        Assert.Equal((0, 0, 0), (_book.OpenCheckpoints, _book.OpenShards, _book.Lent));
    }

    [Fact]
    public void Lend_ScorerOfAnotherVersion_WaitsForAWorkerThatHasItAndGoesToAnyWhenThereIsNone()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: [0, 1]));
        foreach (var lease in Lend(WorkKind.Generate)) _book.Complete(lease.Id, LeaseResult.Done, Worlds.Noon);
        var newer = Worlds.Ask(WorkKind.Score, most: 1) with { Scorers = [new ScorerIdentity("rules", "2")] };
        var same = Worlds.Ask(WorkKind.Score, most: 1) with { Scorers = [new ScorerIdentity("onnx", "1"), new ScorerIdentity("rules", "1")] };

        Assert.Empty(_book.Lend(newer, At(0)));
        Assert.Equal(1, Assert.Single(_book.Lend(same, At(50))).Attempt);
        Assert.Empty(_book.Lend(newer, At(109)));
        Assert.Equal(1, Assert.Single(_book.Lend(newer, At(111))).Attempt);
    }

    [Fact]
    public void Complete_Retry_WaitsLongerEachTimeAndCountsAttempts()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: 0));
        _book.Complete(Lend(WorkKind.Generate)[0].Id, LeaseResult.Retry, Worlds.Noon);

        Assert.Empty(Lend(WorkKind.Generate, at: 0.9));
        var second = Assert.Single(Lend(WorkKind.Generate, at: 1.3));
        Assert.Equal(2, second.Attempt);

        _book.Complete(second.Id, LeaseResult.Retry, At(1.3));
        Assert.Empty(Lend(WorkKind.Generate, at: 3.2));
        Assert.Equal(3, Assert.Single(Lend(WorkKind.Generate, at: 3.9)).Attempt);
    }

    [Fact]
    public void Expire_NotRenewed_IsLentAgainAndTheOldLeaseEndsNothing()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: 0));
        var lost = Assert.Single(Lend(WorkKind.Generate));

        _book.Expire(At(31));
        var again = Assert.Single(Lend(WorkKind.Generate, at: 31));
        _book.Complete(lost.Id, LeaseResult.Done, At(32));

        Assert.Equal(2, again.Attempt);
        Assert.Empty(Lend(WorkKind.Score, at: 32));
        Assert.Equal([lost.Id], _book.Renew([lost.Id, again.Id], At(32)));
    }

    [Fact]
    public void Renew_InTime_KeepsTheLease()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(), open: 0));
        var lease = Assert.Single(Lend(WorkKind.Generate));

        Assert.Empty(_book.Renew([lease.Id], At(20)));
        _book.Expire(At(31));

        Assert.Empty(Lend(WorkKind.Generate, at: 31));
    }

    [Fact]
    public void Announce_Again_KeepsWhatIsLentAndScored()
    {
        var plan = Worlds.Plan();
        _book.Announce(Worlds.Announce(plan, open: [0, 1]));
        var leases = Lend(WorkKind.Generate);
        _book.Complete(leases[0].Id, LeaseResult.Done, Worlds.Noon);

        _book.Announce(Worlds.Announce(plan, open: [0, 1, 2]));

        Assert.Equal([2], Lend(WorkKind.Generate).Select(Shard));
        Assert.Equal([0], Lend(WorkKind.Score).Select(Shard));
    }

    [Fact]
    public void Announce_NothingOpen_WithdrawsAndTellsTheWorkerOnRenewal()
    {
        var plan = Worlds.Plan();
        _book.Announce(Worlds.Announce(plan, open: [0, 1]));
        var lease = Lend(WorkKind.Generate, most: 1)[0];

        _book.Announce(Worlds.Announce(plan));

        Assert.Equal([lease.Id], _book.Renew([lease.Id], Worlds.Noon));
        Assert.Equal(0, _book.OpenCheckpoints);
        Assert.Empty(Lend(WorkKind.Generate));
    }

    [Fact]
    public void Lend_SeveralCheckpoints_PrefersTheLoadedModelThenBaselinesThenTheNewest()
    {
        var (old, baseline, newest) = (Worlds.Plan('a'), Worlds.Plan('b'), Worlds.Plan('c'));
        _book.Announce(Worlds.Announce(old, open: 0));
        _book.Announce(Worlds.Announce(baseline, baseline: true, open: 0));
        _book.Announce(Worlds.Announce(newest, open: 0));

        Assert.Equal(old.Model, Model(_book.Lend(Worlds.Ask(WorkKind.Generate, resident: old.Model), Worlds.Noon)));
        Assert.Equal(baseline.Model, Model(Lend(WorkKind.Generate)));
        Assert.Equal(newest.Model, Model(Lend(WorkKind.Generate)));
    }

    [Fact]
    public void Lend_AdaptersOfTheLoadedBase_GoBeforeNewerModelsAndBehindBaselines()
    {
        var (adapter, newer, baseline) = (Worlds.Plan('a', folder: "/models/base", adapter: "/adapters/1"), Worlds.Plan('b', folder: "/models/other"), Worlds.Plan('c'));
        var request = Worlds.Ask(WorkKind.Generate, most: 1) with { Base = "/models/base" };
        _book.Announce(Worlds.Announce(adapter, open: [0, 1]));
        _book.Announce(Worlds.Announce(newer, open: [0, 1]));

        Assert.Equal(newer.Model, Model(Lend(WorkKind.Generate, most: 1)));
        Assert.Equal(adapter.Model, Model(_book.Lend(request, Worlds.Noon)));
        Assert.Equal(newer.Model, Model(_book.Lend(request with { Resident = newer.Model }, Worlds.Noon)));
        _book.Announce(Worlds.Announce(baseline, baseline: true, open: 0));
        Assert.Equal(baseline.Model, Model(_book.Lend(request, Worlds.Noon)));
    }

    [Fact]
    public void Lend_AdapterOutsideTheWorkersRoots_LendsNothing()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(folder: "/models/one", adapter: "/adapters/1"), open: 0));

        Assert.Empty(_book.Lend(Worlds.Ask(WorkKind.Generate) with { ModelRoots = ["/models"] }, Worlds.Noon));
        Assert.Single(_book.Lend(Worlds.Ask(WorkKind.Generate) with { ModelRoots = ["/models", "/adapters"] }, Worlds.Noon));
    }

    [Fact]
    public void Lend_ModelOutsideTheWorkersRoots_LendsNothing()
    {
        _book.Announce(Worlds.Announce(Worlds.Plan(folder: "/models/one"), open: 0));

        Assert.Empty(_book.Lend(Worlds.Ask(WorkKind.Generate) with { ModelRoots = ["/model"] }, Worlds.Noon));
        Assert.Single(_book.Lend(Worlds.Ask(WorkKind.Generate) with { ModelRoots = ["/models"] }, Worlds.Noon));
    }

    [Fact]
    public void Complete_Abandoned_IsNotLentUntilAnnouncedAgain()
    {
        var plan = Worlds.Plan();
        _book.Announce(Worlds.Announce(plan, open: 0));
        _book.Complete(Lend(WorkKind.Generate)[0].Id, LeaseResult.Abandoned, Worlds.Noon);
        Assert.Empty(Lend(WorkKind.Generate));

        _book.Announce(Worlds.Announce(plan, open: 0));
        Assert.Equal(1, Assert.Single(Lend(WorkKind.Generate)).Attempt);
    }

    [Fact]
    public void Fingerprints_AnnouncedTwice_AreReadOnce()
    {
        var work = new WorkItem.Fingerprint(new RunKey("lab", "one"), new ModelReference("/models/one"));
        _book.Announce(work);
        _book.Announce(work);

        var lease = Assert.Single(Lend(WorkKind.Fingerprint));
        _book.Complete(lease.Id, LeaseResult.Done, Worlds.Noon);
        Assert.Empty(Lend(WorkKind.Fingerprint));
    }

    private static DateTimeOffset At(double seconds) => Worlds.Noon + TimeSpan.FromSeconds(seconds);

    private static ModelFingerprint Model(ImmutableArray<Lease> leases) => ((WorkItem.Generate)Assert.Single(leases).Work).Plan.Model;

    private static int Shard(Lease lease) => lease.Work switch
    {
        WorkItem.Generate work => work.Shard,
        WorkItem.Score work => work.Shard,
        _ => -1,
    };

    private ImmutableArray<Lease> Lend(WorkKind kind, int most = 8, double at = 0) => _book.Lend(Worlds.Ask(kind, most), At(at));
}
