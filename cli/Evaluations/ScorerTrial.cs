using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>
/// What an evaluation learns of its scorer: whether it tells good answers from bad ones, and, of one that asks a service, how it stood before and after.
/// What was learned is kept in the score cache.
/// </summary>
/// <param name="open">The scorer.</param>
/// <param name="examine">Whether a scorer that asks a service may be examined: it is asked many times for that.</param>
internal sealed class ScorerTrial(OpenScorer open, bool examine)
{
    private readonly List<SentinelScores> _scores = [];
    private readonly List<SentinelReading> _readings = [];
    private ScorerExamination? _examination;
    private SentinelScores? _reference;

    /// <summary>Answers that an examination scores.</summary>
    public static int Asked => 2 * PositiveControls.Pairs.Length;

    private static string NotExamined => $"not examined: --examine asks it {Asked} more times, once; with --score-cache it is remembered";

    private IRailScorer Bare => open.Bare;

    private string ExaminationKey => ObjectKeys.Examination(Bare.Identity, PositiveControls.Hash);

    /// <summary>Answers that are scored for this beside those of the suite; a scorer that asks no service is not counted.</summary>
    public async Task<int> CallsAsync(CancellationToken cancellationToken)
    {
        if (!Bare.Traits.IsRemote) return 0;
        _examination = open.Store is null ? null : await open.Store.GetRecordAsync<ScorerExamination>(ExaminationKey, cancellationToken);
        return (2 * SentinelReader.Golden.Length) + (examine && _examination is null ? Asked : 0);
    }

    /// <summary>Looks at the scorer before anything is scored.</summary>
    /// <exception cref="IOException">It sends nothing.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        if (Bare.Traits.IsRemote) open.ThrowIfStopped();
        await ExamineAsync(cancellationToken);
    }

    /// <summary>Examines the scorer where that is asked for, or costs nothing.</summary>
    /// <exception cref="IOException">It sends nothing any more.</exception>
    public async Task ExamineAsync(CancellationToken cancellationToken)
    {
        if (_examination is not null || (Bare.Traits.IsRemote && !examine)) return;
        _examination = await PositiveControls.ExamineAsync(open.Scorer, cancellationToken);
        if (_examination.Complete && open.Store is { } store) await store.SealRecordAsync(ExaminationKey, _examination, cancellationToken);
        else if (!_examination.Complete) open.ThrowIfStopped();
    }

    /// <summary>Looks at a scorer that asks a service: a golden answer that it scores otherwise than before shows that it moved.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (!Bare.Traits.IsRemote) return;
        var now = await SentinelReader.ScoreAsync(Bare, Math.Max(1, Bare.Traits.InFlight), cancellationToken);
        _reference ??= await ReferenceAsync(now, cancellationToken);
        _scores.Add(now);
        _readings.Add(SentinelReader.Compare(now, _reference));
    }

    /// <summary>Writes down what was learned.</summary>
    public EvaluationManifest Fill(EvaluationManifest manifest) => manifest with
    {
        // Nothing passes on a scorer of which nobody knows what it can judge.
        Blind = _examination?.Blind ?? Dimensions.All,
        Controls = _examination?.Shares ?? ImmutableSortedDictionary<Dimension, ControlShare>.Empty,
        NotExamined = _examination is null ? NotExamined : null,
        Sentinels = [.. _readings],
        SentinelScores = [.. _scores],
        SentinelsHash = _scores.Count > 0 ? SentinelReader.Hash : null,
    };

    // Without a folder that remembers, the first reading is what later ones count from.
    private async Task<SentinelScores?> ReferenceAsync(SentinelScores now, CancellationToken cancellationToken)
    {
        return open.Store is { } store && await SentinelReader.ReferenceAsync(store, now, cancellationToken) is { } reference ? reference : now;
    }
}
