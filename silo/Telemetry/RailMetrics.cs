using System.Diagnostics.Metrics;
using RailCluster.Scoring;

namespace RailCluster.Silo;

/// <summary>What this process has done, as metrics of the meter <c>RailCluster</c>. No metric carries a run, checkpoint or prompt as a tag.</summary>
public sealed class RailMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RailCluster";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _answered;
    private readonly Counter<long> _scored;
    private long _answers;
    private long _scores;

    /// <summary>Creates the instruments.</summary>
    public RailMetrics()
    {
        _answered = _meter.CreateCounter<long>("rail.generation.prompts", description: "Prompts answered by this process.");
        _scored = _meter.CreateCounter<long>("rail.scoring.answers", description: "Answers scored by this process.");
        _meter.CreateObservableCounter("rail.scoring.cache.hits", () => Cache.Hits, description: "Answers whose score the cache had.");
        _meter.CreateObservableCounter("rail.scoring.cache.misses", () => Cache.Misses, description: "Answers that a remote scorer was asked for.");
    }

    /// <summary>Prompts answered since the process started.</summary>
    public long Answers => Interlocked.Read(ref _answers);

    /// <summary>Answers scored since the process started.</summary>
    public long Scores => Interlocked.Read(ref _scores);

    /// <summary>How often the cache of scores had one, since the process started.</summary>
    public CacheCounts Cache { get; } = new();

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Answered()
    {
        Interlocked.Increment(ref _answers);
        _answered.Add(1);
    }

    internal void Scored(int count)
    {
        Interlocked.Add(ref _scores, count);
        _scored.Add(count);
    }
}
