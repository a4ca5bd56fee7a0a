namespace RailCluster.Training;

/// <summary>Learns byte-level BPE merges from texts. Ties go to the pair that sorts first, so the result is a function of the input.</summary>
public static class BpeTrainer
{
    /// <summary>Learns a tokenizer of at most <paramref name="vocabularySize"/> ids, special tokens included.</summary>
    public static BpeTokenizer Train(IEnumerable<string> texts, int vocabularySize)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 256 + SpecialTokens.All.Count);
        var words = CountWords(texts);
        var merges = new List<(string Left, string Right)>();
        while (256 + merges.Count + SpecialTokens.All.Count < vocabularySize && MostFrequentPair(words) is { } pair)
        {
            merges.Add(pair);
            foreach (var word in words)
                Merge(word.Symbols, pair);
        }
        return new BpeTokenizer(merges);
    }

    internal static void Merge(List<string> symbols, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] != pair.Left || symbols[i + 1] != pair.Right)
                continue;
            symbols[i] = pair.Left + pair.Right;
            symbols.RemoveAt(i + 1);
        }
    }

    private static List<Word> CountWords(IEnumerable<string> texts)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var piece in texts.SelectMany(PreTokenizer.Split))
            counts[piece] = counts.GetValueOrDefault(piece) + 1;
        return [.. counts.Select(entry => new Word([.. entry.Key.Select(c => c.ToString())], entry.Value))];
    }

    private static (string Left, string Right)? MostFrequentPair(List<Word> words)
    {
        var counts = new Dictionary<(string Left, string Right), long>();
        foreach (var (symbols, count) in words)
        {
            for (var i = 0; i + 1 < symbols.Count; i++)
            {
                var pair = (symbols[i], symbols[i + 1]);
                counts[pair] = counts.GetValueOrDefault(pair) + count;
            }
        }
        // A pair seen once would spell out one rare word: nothing is learned from it.
        var frequent = counts.Where(entry => entry.Value > 1).ToList();
        return frequent.Count == 0
            ? null
            : frequent.OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Key.Left, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.Right, StringComparer.Ordinal)
                .First().Key;
    }

    private sealed record Word(List<string> Symbols, long Count);
}
