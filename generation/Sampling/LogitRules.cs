using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Changes the logits of one row by what stands before, in this order: least length, repetition penalty, no repeated n-gram.</summary>
internal static class LogitRules
{
    /// <summary>Applies the rules in place.</summary>
    /// <param name="logits">One for every token.</param>
    /// <param name="sequence">Prompt and answer so far.</param>
    /// <param name="generated">Tokens of the answer so far.</param>
    /// <param name="eosIds">End tokens.</param>
    /// <param name="settings">Which rules and how strong.</param>
    public static void Apply(Span<float> logits, List<int> sequence, int generated, IReadOnlyCollection<int> eosIds, GenerationSettings settings)
    {
        if (generated < settings.MinNewTokens)
        {
            foreach (int id in eosIds)
                Forbid(logits, id);
        }

        if (settings.RepetitionPenalty != 1)
            Penalise(logits, sequence, (float)settings.RepetitionPenalty);
        if (settings.NoRepeatNgram > 0)
            ForbidRepeats(logits, sequence, settings.NoRepeatNgram);
    }

    private static void Penalise(Span<float> logits, List<int> sequence, float penalty)
    {
        foreach (int id in new HashSet<int>(sequence))
        {
            if (id < logits.Length)
                logits[id] = logits[id] < 0 ? logits[id] * penalty : logits[id] / penalty;
        }
    }

    // Whatever once followed the last n − 1 tokens would complete an n-gram that is already there.
    private static void ForbidRepeats(Span<float> logits, List<int> sequence, int n)
    {
        ReadOnlySpan<int> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sequence);
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
        if (id < logits.Length)
            logits[id] = float.NegativeInfinity;
    }
}
