using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Counts what is done; safe from any thread.</summary>
internal sealed class EndpointCounts
{
    private const int MostFingerprints = 100;

    private readonly Lock _lock = new();
    private long _prompts, _promptTokens, _outputTokens, _requests, _throttled, _hedges, _hedgesWon;
    private double _seconds;
    private ImmutableSortedSet<string> _fingerprints = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    public void Request()
    {
        lock (_lock)
            _requests++;
    }

    public void Throttled()
    {
        lock (_lock)
            _throttled++;
    }

    public void Hedge()
    {
        lock (_lock)
            _hedges++;
    }

    public void HedgeWon()
    {
        lock (_lock)
            _hedgesWon++;
    }

    public void Said(string? fingerprint)
    {
        lock (_lock)
        {
            if (fingerprint is not null && _fingerprints.Count < MostFingerprints)
                _fingerprints = _fingerprints.Add(fingerprint);
        }
    }

    public void Prompt(GenerationOutcome outcome)
    {
        lock (_lock)
        {
            _prompts++;
            if (outcome is not GenerationOutcome.Answered answered)
                return;
            _promptTokens += answered.PromptTokens;
            _outputTokens += answered.OutputTokens;
        }
    }

    public void Time(TimeSpan spent)
    {
        lock (_lock)
            _seconds += spent.TotalSeconds;
    }

    public EndpointStats Stats(int slots, int slotsNow, long retries)
    {
        lock (_lock)
        {
            return new EndpointStats
            {
                Prompts = _prompts,
                PromptTokens = _promptTokens,
                OutputTokens = _outputTokens,
                Seconds = _seconds,
                Requests = _requests,
                Retries = retries,
                Throttled = _throttled,
                Hedges = _hedges,
                HedgesWon = _hedgesWon,
                Slots = slots,
                SlotsNow = slotsNow,
                SystemFingerprints = _fingerprints,
            };
        }
    }
}
