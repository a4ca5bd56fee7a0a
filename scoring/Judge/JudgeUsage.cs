using System.Collections.Immutable;

namespace RailCluster.Scoring;

/// <summary>What a judge was asked and what became of it, since the process began.</summary>
public sealed record JudgeUsage
{
    /// <summary>Answers that were put to the judge.</summary>
    public long Answers { get; init; }

    /// <summary>Requests to its server: votes, repairs, retries, hedges and canaries.</summary>
    public long Calls { get; init; }

    /// <summary>Requests that followed a first attempt which failed.</summary>
    public long Retries { get; init; }

    /// <summary>Requests that the server called too many.</summary>
    public long Throttled { get; init; }

    /// <summary>Tokens read, as the server counts them; 0 where it does not say.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens written, likewise.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Replies that could not be read and were asked for again.</summary>
    public long Repairs { get; init; }

    /// <summary>Repairs that gave a verdict.</summary>
    public long Repaired { get; init; }

    /// <summary>Answers that the automatic mode looked into deeply.</summary>
    public long Escalated { get; init; }

    /// <summary>Calls that a content filter kept from being answered.</summary>
    public long Filtered { get; init; }

    /// <summary>Answers or prompts that hold chat tokens or characters that no reader sees: a hint of an injection, no proof.</summary>
    public long Suspicious { get; init; }

    /// <summary>Calls that were sent a second time because they were late.</summary>
    public long Hedges { get; init; }

    /// <summary>Those whose second sending was answered first.</summary>
    public long HedgesWon { get; init; }

    /// <summary>What was wrong with replies, by name, such as <c>score_out_of_range</c>.</summary>
    public ImmutableSortedDictionary<string, long> Faults { get; init; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}

/// <summary>Counts what is done; safe from any thread.</summary>
internal sealed class JudgeCounts
{
    private readonly Lock _lock = new();
    private JudgeUsage _usage = new();

    public void Add(Func<JudgeUsage, JudgeUsage> change)
    {
        lock (_lock)
            _usage = change(_usage);
    }

    public void Faults(IEnumerable<JudgeFault> faults)
    {
        lock (_lock)
        {
            foreach (JudgeFault fault in faults)
                _usage = _usage with { Faults = _usage.Faults.SetItem(fault.Name, _usage.Faults.GetValueOrDefault(fault.Name) + 1) };
        }
    }

    public JudgeUsage Read(long retries)
    {
        lock (_lock)
            return _usage with { Retries = retries };
    }
}
