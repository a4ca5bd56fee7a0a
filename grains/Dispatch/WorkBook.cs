using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Grains;

/// <summary>
/// What waits, what is lent and to whom. Plain memory: every line can be rebuilt from what checkpoints and runs announce.
/// Each open shard is one item, first to be answered and then to be scored.
/// </summary>
internal sealed class WorkBook(long epoch, LeaseRules rules)
{
    private readonly Dictionary<CheckpointKey, CheckpointWork> _checkpoints = [];
    private readonly Dictionary<WorkItem.Fingerprint, Entry> _fingerprints = [];
    private readonly Dictionary<LeaseId, Entry> _lent = [];
    private readonly OfferedScorers _scorers = new();
    private long _counter;
    private long _sequence;

    public int OpenCheckpoints => _checkpoints.Count;

    public int OpenShards => _checkpoints.Values.Sum(work => work.Shards.Count);

    public int Lent => _lent.Count;

    /// <summary>Takes in what a checkpoint has left; shards already known keep their stage and their lease.</summary>
    public void Announce(CheckpointAnnouncement news)
    {
        if (!_checkpoints.TryGetValue(news.Checkpoint, out var work))
        {
            if (news.Open.IsEmpty) return;
            _checkpoints[news.Checkpoint] = work = new CheckpointWork(++_sequence);
        }

        work.Baseline = news.Baseline;
        work.Plan = news.Plan;
        foreach (var gone in work.Shards.Keys.Except(news.Open).ToList())
        {
            Release(work.Shards[gone]);
            work.Shards.Remove(gone);
        }

        foreach (var shard in news.Open)
            work.Shards.TryAdd(shard, new Entry(new WorkItem.Generate(news.Checkpoint, news.Plan, shard)));
        if (work.Shards.Count == 0) _checkpoints.Remove(news.Checkpoint);
    }

    /// <summary>Takes in a model to be read; once is enough.</summary>
    public void Announce(WorkItem.Fingerprint work) => _fingerprints.TryAdd(work, new Entry(work));

    /// <summary>Lends work of one checkpoint, or one model to read.</summary>
    public ImmutableArray<Lease> Lend(LeaseRequest request, DateTimeOffset now)
    {
        _scorers.Offer(request, now);
        var entries = request.Kind == WorkKind.Fingerprint
            ? _fingerprints.Values.Where(entry => Ready(entry, now) && Sees(request, ((WorkItem.Fingerprint)entry.Work).Model)).Take(1)
            : Best(request, now);
        return [.. entries.Take(request.Most).Select(entry => Lend(entry, now))];
    }

    /// <summary>Keeps leases alive.</summary>
    /// <returns>Those that are no longer lent.</returns>
    public ImmutableArray<LeaseId> Renew(ImmutableArray<LeaseId> leases, DateTimeOffset now)
    {
        var lost = ImmutableArray.CreateBuilder<LeaseId>();
        foreach (var id in leases)
        {
            if (_lent.TryGetValue(id, out var entry)) entry.Ends = now + rules.Duration;
            else lost.Add(id);
        }

        return lost.ToImmutable();
    }

    /// <summary>Ends a lease. An unknown lease changes nothing: the work has another owner, or is settled.</summary>
    public void Complete(LeaseId id, LeaseResult result, DateTimeOffset now)
    {
        if (!_lent.TryGetValue(id, out var entry)) return;
        Release(entry);
        switch (result)
        {
            case LeaseResult.Done:
                Advance(entry);
                break;
            case LeaseResult.Retry:
                Postpone(entry, now);
                break;
            case LeaseResult.Abandoned:
                Remove(entry.Work);
                break;
        }
    }

    /// <summary>Takes back what nobody renewed.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var entry in _lent.Values.Where(entry => entry.Ends <= now).ToList())
        {
            Release(entry);
            entry.Attempt++;
        }
    }

    private IEnumerable<Entry> Best(LeaseRequest request, DateTimeOffset now)
    {
        var candidates =
            from work in _checkpoints.Values
            let ready = work.Shards.Values.Where(entry => entry.Kind == request.Kind && Ready(entry, now))
            where Suits(request, work.Plan!, now) && ready.Any()
            // A loaded model first: a load costs more than any order gains. Then baselines, which every verdict waits for; then adapters of a loaded base;
            // then the newest. A run that hands in adapters without end does not keep others from their baselines.
            orderby work.Plan!.Model == request.Resident descending, work.Baseline descending, work.Plan!.Location.Path == request.Base descending, work.Sequence descending
            select ready;
        return candidates.FirstOrDefault() ?? [];
    }

    private bool Suits(LeaseRequest request, CheckpointPlan plan, DateTimeOffset now) => request.Kind == WorkKind.Score
        ? _scorers.Fits(request, plan.Settings.Scoring.Scorer, now)
        : Sees(request, plan.Location);

    private Lease Lend(Entry entry, DateTimeOffset now)
    {
        var id = new LeaseId(epoch, ++_counter);
        entry.Lease = id;
        entry.Ends = now + rules.Duration;
        _lent[id] = entry;
        return new Lease(id, entry.Work, entry.Attempt);
    }

    private void Release(Entry entry)
    {
        if (entry.Lease is { } id) _lent.Remove(id);
        entry.Lease = null;
    }

    private void Advance(Entry entry)
    {
        switch (entry.Work)
        {
            case WorkItem.Generate answered:
                entry.Work = new WorkItem.Score(answered.Checkpoint, answered.Plan, answered.Shard);
                entry.Attempt = 1;
                break;
            default:
                Remove(entry.Work);
                break;
        }
    }

    private void Remove(WorkItem work)
    {
        switch (work)
        {
            case WorkItem.Generate answered:
                Remove(answered.Checkpoint, answered.Shard);
                break;
            case WorkItem.Score scored:
                Remove(scored.Checkpoint, scored.Shard);
                break;
            case WorkItem.Fingerprint read:
                _fingerprints.Remove(read);
                break;
        }
    }

    private void Remove(CheckpointKey checkpoint, int shard)
    {
        if (!_checkpoints.TryGetValue(checkpoint, out var work)) return;
        work.Shards.Remove(shard);
        if (work.Shards.Count == 0) _checkpoints.Remove(checkpoint);
    }

    private void Postpone(Entry entry, DateTimeOffset now)
    {
        entry.Attempt++;
        // The fractional part of multiples of the golden ratio: spread evenly, and the same in every replay.
        entry.NotBefore = now + rules.Backoff(entry.Attempt, _counter * 0.6180339887498949 % 1);
    }

    private static bool Ready(Entry entry, DateTimeOffset now) => entry.Lease is null && entry.NotBefore <= now;

    private static bool Sees(LeaseRequest request, ModelReference model) => Sees(request, model.Path) && (model.Adapter is null || Sees(request, model.Adapter));

    private static bool Sees(LeaseRequest request, string path) =>
        request.ModelRoots.IsEmpty || request.ModelRoots.Any(root => path == root || path.StartsWith(root.TrimEnd('/') + '/', StringComparison.Ordinal));

    private sealed class CheckpointWork(long sequence)
    {
        public long Sequence { get; } = sequence;

        public bool Baseline { get; set; }

        public CheckpointPlan? Plan { get; set; }

        public SortedDictionary<int, Entry> Shards { get; } = [];
    }

    private sealed class Entry(WorkItem work)
    {
        public WorkItem Work { get; set; } = work;

        public int Attempt { get; set; } = 1;

        public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;

        public LeaseId? Lease { get; set; }

        public DateTimeOffset Ends { get; set; }

        public WorkKind Kind => Work switch
        {
            WorkItem.Generate => WorkKind.Generate,
            WorkItem.Score => WorkKind.Score,
            _ => WorkKind.Fingerprint,
        };
    }
}
