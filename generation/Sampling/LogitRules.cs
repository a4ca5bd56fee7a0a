using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>
/// Changes the logits of one row by what stands before, in this order: least length, repetition penalty, no repeated n-gram. It follows the row token by
/// token, so that a token costs no memory. Not safe to share between threads.
/// </summary>
internal sealed class LogitRules
{
    private readonly GenerationSettings _settings;
    private readonly int[] _eosIds;
    private readonly HashSet<int>? _seen;

    /// <summary>Starts a row.</summary>
    public LogitRules(GenerationSettings settings, IReadOnlyCollection<int> eosIds, ReadOnlySpan<int> prompt)
    {
        (_settings, _eosIds) = (settings, settings.MinNewTokens > 0 ? [.. eosIds] : []);
        if (settings.RepetitionPenalty == 1)
            return;
        _seen = [];
        foreach (int id in prompt)
            _seen.Add(id);
    }

    /// <summary>Takes the token that was chosen.</summary>
    public void Follow(int token) => _seen?.Add(token);

    /// <summary>Applies the rules in place.</summary>
    /// <param name="logits">One for every token.</param>
    /// <param name="sequence">Prompt and answer so far.</param>
    /// <param name="generated">Tokens of the answer so far.</param>
    public void Apply(Span<float> logits, ReadOnlySpan<int> sequence, int generated)
    {
        if (generated < _settings.MinNewTokens)
        {
            foreach (int id in _eosIds)
                Forbid(logits, id);
        }

        if (_seen is not null)
            Penalise(logits, _seen, (float)_settings.RepetitionPenalty);
        if (_settings.NoRepeatNgram > 0)
            ForbidRepeats(logits, sequence, _settings.NoRepeatNgram);
    }

    private static void Penalise(Span<float> logits, HashSet<int> seen, float penalty)
    {
        foreach (int id in seen)
        {
            if (id < logits.Length)
                logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
        }
    }

    // Whatever once followed the last n − 1 tokens would complete an n-gram that is already there.
    private static void ForbidRepeats(Span<float> logits, ReadOnlySpan<int> all, int n)
    {
        if (all.Length < n)
            return;
        ReadOnlySpan<int> tail = all[^(n - 1)..];
        for (int start = 0; start + n <= all.Length; start++)
        {
            if (all.Slice(start, n - 1).SequenceEqual(tail))
                Forbid(logits, all[start + n - 1]);
        }
    }

    private static void Forbid(Span<float> logits, int id)
    {
        // An end token may be any number, such as -1 for none.
        if (id >= 0 && id < logits.Length)
            logits[id] = float.NegativeInfinity;
    }
}
