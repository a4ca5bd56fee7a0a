using System.Numerics.Tensors;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Chooses the next token from logits: the likeliest, or a draw among the k likeliest within a probability mass.</summary>
internal static class TokenChooser
{
    /// <summary>Whether the settings ask for the likeliest token always.</summary>
    public static bool IsGreedy(GenerationSettings settings) => settings.Temperature == 0 || settings.TopK == 1;

    /// <summary>The token; of equals the lowest id.</summary>
    /// <param name="logits">One for every token, rules applied.</param>
    /// <param name="settings">Temperature, top-k and top-p.</param>
    /// <param name="uniform">A number in [0, 1); asked for only where a draw is made.</param>
    public static int Choose(ReadOnlySpan<float> logits, GenerationSettings settings, Func<double> uniform)
    {
        int best = TensorPrimitives.IndexOfMax(logits);
        if (IsGreedy(settings))
            return best;
        double[] weights = new double[logits.Length];
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
            total += weights[i] = Math.Exp(((double)logits[i] - logits[best]) / settings.Temperature);
        bool cut = settings.TopK > 0 && settings.TopK < weights.Length;
        int[] candidates = cut || settings.TopP < 1
            ? Leading(weights, cut ? settings.TopK : weights.Length, cut ? 1 : settings.TopP, total)
            : [.. Enumerable.Range(0, weights.Length)];
        if (settings.TopP < 1)
            candidates = Nucleus(candidates, weights, settings.TopP * (cut ? candidates.Sum(id => weights[id]) : total));
        return Pick(candidates, weights, uniform());
    }

    /// <summary>
    /// The k likeliest tokens, likeliest first. Where only the mass p counts, tokens that all together weigh less than 1 − p
    /// are left out before sorting: they are the least likely, so none can be among the mass.
    /// </summary>
    private static int[] Leading(double[] weights, int k, double p, double total)
    {
        double least = p < 1 ? (1 - p) * total / weights.Length : 0;
        int[] ids = [.. Enumerable.Range(0, weights.Length).Where(id => weights[id] >= least)];
        double[] keys = [.. ids.Select(id => -weights[id])];
        Array.Sort(keys, ids, Comparer<double>.Default);
        // Equal weights may leave the sort in any order; by id they are the same everywhere.
        for (int start = 0, end; start < ids.Length; start = end)
        {
            end = start + 1;
            while (end < ids.Length && keys[end] == keys[start])
                end++;
            Array.Sort(ids, start, end - start);
        }

        return ids.Length <= k ? ids : ids[..k];
    }

    private static int[] Nucleus(int[] candidates, double[] weights, double mass)
    {
        double sum = 0;
        int count = 0;
        while (count < candidates.Length && (count == 0 || sum < mass))
            sum += weights[candidates[count++]];
        return candidates[..count];
    }

    private static int Pick(int[] candidates, double[] weights, double uniform)
    {
        double left = uniform * candidates.Sum(id => weights[id]);
        foreach (int id in candidates)
        {
            left -= weights[id];
            if (left < 0 && weights[id] > 0)
                return id;
        }

        // Rounding may leave a last crumb.
        return candidates.Last(id => weights[id] > 0);
    }
}
