using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>
/// Chooses the next token from logits: the likeliest, or a draw among the k likeliest within a probability mass. Keeps its working memory
/// from token to token. Not safe to share between threads.
/// </summary>
internal sealed class TokenChooser
{
    private double[] _weights = [];
    private double[] _keys = [];
    private int[] _ids = [];

    /// <summary>Whether the settings ask for the likeliest token always.</summary>
    public static bool IsGreedy(GenerationSettings settings) => settings.Temperature == 0 || settings.TopK == 1;

    /// <summary>The token; of equals the lowest id.</summary>
    /// <param name="logits">One for every token, rules applied.</param>
    /// <param name="best">The likeliest token.</param>
    /// <param name="settings">Temperature, top-k and top-p.</param>
    /// <param name="uniform">A number in [0, 1); not looked at where no draw is made.</param>
    public int Choose(ReadOnlySpan<float> logits, int best, GenerationSettings settings, double uniform)
    {
        if (IsGreedy(settings))
            return best;
        Reserve(logits.Length);
        double total = 0;
        for (int i = 0; i < logits.Length; i++)
            total += _weights[i] = Math.Exp(((double)logits[i] - logits[best]) / settings.Temperature);
        bool cut = settings.TopK > 0 && settings.TopK < logits.Length;
        if (!cut && settings.TopP >= 1)
            return PickAny(logits.Length, total, uniform);
        int count = Leading(logits, best, cut ? settings.TopK : logits.Length, settings, total);
        if (settings.TopP < 1)
            count = Nucleus(count, settings.TopP * (cut ? Sum(count) : total));
        return Pick(count, uniform);
    }

    private void Reserve(int vocabulary)
    {
        if (_weights.Length >= vocabulary)
            return;
        (_weights, _keys, _ids) = (new double[vocabulary], new double[vocabulary], new int[vocabulary]);
    }

    /// <summary>
    /// Ranks the k likeliest tokens, likeliest first and equals by id. Only tokens that can be among them are sorted: for top-k those not below the
    /// k-th, for top-p alone those that weigh enough, since all that weigh less than 1 − p of the mass together can be spared.
    /// </summary>
    private int Leading(ReadOnlySpan<float> logits, int best, int k, GenerationSettings settings, double total)
    {
        double least = k < logits.Length ? Kth(logits.Length, k) : (1 - settings.TopP) * total / logits.Length;
        int count = 0;
        for (int id = 0; id < logits.Length; id++)
        {
            if (_weights[id] >= least || id == best)
                (_keys[count], _ids[count++]) = (-_weights[id], id);
        }

        Array.Sort(_keys, _ids, 0, count);
        // Equal weights may leave the sort in any order; by id they are the same everywhere.
        for (int start = 0, end; start < count; start = end)
        {
            end = start + 1;
            while (end < count && _keys[end] == _keys[start])
                end++;
            if (end > start + 1)
                Array.Sort(_ids, start, end - start);
        }

        return Math.Min(count, k);
    }

    // The k-th greatest weight: a heap of k, its least on top.
    private double Kth(int vocabulary, int k)
    {
        Span<double> heap = _keys.AsSpan(0, k);
        _weights.AsSpan(0, k).CopyTo(heap);
        for (int at = k / 2 - 1; at >= 0; at--)
            Sink(heap, at);
        for (int id = k; id < vocabulary; id++)
        {
            if (_weights[id] <= heap[0])
                continue;
            heap[0] = _weights[id];
            Sink(heap, 0);
        }

        return heap[0];
    }

    private static void Sink(Span<double> heap, int at)
    {
        while (2 * at + 1 < heap.Length)
        {
            int child = 2 * at + 1;
            if (child + 1 < heap.Length && heap[child + 1] < heap[child])
                child++;
            if (heap[at] <= heap[child])
                return;
            (heap[at], heap[child]) = (heap[child], heap[at]);
            at = child;
        }
    }

    private int Nucleus(int count, double mass)
    {
        double sum = 0;
        int kept = 0;
        while (kept < count && (kept == 0 || sum < mass))
            sum += _weights[_ids[kept++]];
        return kept;
    }

    private double Sum(int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += _weights[_ids[i]];
        return sum;
    }

    private int Pick(int count, double uniform)
    {
        double left = uniform * Sum(count);
        int last = _ids[0];
        for (int i = 0; i < count; i++)
        {
            if (_weights[_ids[i]] == 0)
                continue;
            last = _ids[i];
            left -= _weights[last];
            if (left < 0)
                return last;
        }

        // Rounding may leave a last crumb.
        return last;
    }

    private int PickAny(int vocabulary, double total, double uniform)
    {
        double left = uniform * total;
        int last = 0;
        for (int id = 0; id < vocabulary; id++)
        {
            if (_weights[id] == 0)
                continue;
            last = id;
            left -= _weights[id];
            if (left < 0)
                return id;
        }

        return last;
    }
}
