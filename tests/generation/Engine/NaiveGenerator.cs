using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>The reference: one row, the whole sequence computed anew for every token, no cache, no batch, no ONNX Runtime.</summary>
internal static class NaiveGenerator
{
    public static List<int> Generate(TinyDecoder decoder, string id, IEnumerable<int> prompt, GenerationSettings settings, params int[] eos)
    {
        List<int> all = [.. prompt];
        int start = all.Count;
        while (all.Count - start < settings.MaxNewTokens)
        {
            all.Add(Choose(decoder.Logits(all), id, all, start, settings, eos));
            if (eos.Contains(all[^1]))
                break;
        }

        return all[start..];
    }

    /// <summary>The token that follows all others, of which the first are the prompt; changes the logits.</summary>
    public static int Choose(double[] logits, string id, List<int> all, int start, GenerationSettings settings, params int[] eos)
    {
        Rule(logits, all, all.Count - start, settings, eos);
        return settings.Temperature == 0 ? Array.IndexOf(logits, logits.Max()) : Sample(logits, settings, Draw.Uniform(settings.Seed, id, all.Count - start));
    }

    private static void Rule(double[] logits, List<int> all, int generated, GenerationSettings settings, int[] eos)
    {
        if (generated < settings.MinNewTokens)
        {
            foreach (int id in eos)
                logits[id] = double.NegativeInfinity;
        }

        foreach (int id in all.Distinct())
            logits[id] = logits[id] > 0 ? logits[id] / settings.RepetitionPenalty : logits[id] * settings.RepetitionPenalty;
        int n = settings.NoRepeatNgram;
        if (n == 0)
            return;
        HashSet<string> known = [.. Enumerable.Range(0, Math.Max(0, all.Count - n + 1)).Select(i => string.Join(',', all.Skip(i).Take(n)))];
        for (int id = 0; id < logits.Length; id++)
        {
            if (known.Contains(string.Join(',', all.TakeLast(n - 1).Append(id))))
                logits[id] = double.NegativeInfinity;
        }
    }

    private static int Sample(double[] logits, GenerationSettings settings, double uniform)
    {
        (int Id, double Weight)[] ranked = [.. logits.Select((logit, id) => (id, Math.Exp(logit / settings.Temperature))).OrderByDescending(pair => pair.Item2).ThenBy(pair => pair.id)];
        if (settings.TopK > 0)
            ranked = ranked[..settings.TopK];
        double sum = ranked.Sum(pair => pair.Weight);
        double before = 0;
        if (settings.TopP < 1)
        {
            ranked = [.. ranked.TakeWhile(pair =>
            {
                bool within = before < settings.TopP * sum;
                before += pair.Weight;
                return within;
            })];
        }
        else if (settings.TopK == 0)
        {
            ranked = [.. ranked.OrderBy(pair => pair.Id)];
        }

        double left = uniform * ranked.Sum(pair => pair.Weight);
        foreach ((int id, double weight) in ranked)
        {
            left -= weight;
            if (left < 0)
                return id;
        }

        return ranked[^1].Id;
    }
}
