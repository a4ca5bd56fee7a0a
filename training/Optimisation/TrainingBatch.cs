namespace RailCluster.Training;

/// <summary>A right-padded batch. Only answer tokens carry loss: the model is never taught to write prompts.</summary>
public sealed record TrainingBatch(int Rows, int Length, long[] Tokens, long[] Positions, long[] Targets)
{
    /// <summary>Lays out examples; Positions index the flattened [Rows, Length] states that predict Targets.</summary>
    public static TrainingBatch Create(BpeTokenizer tokenizer, IReadOnlyList<TrainingExample> examples)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(examples);
        var rows = examples
            .Select(e => (
                Prompt: tokenizer.Encode(ChatFormat.RenderPrompt(e.Prompt) + e.Given),
                Answer: ChatFormat.EncodeAnswer(tokenizer, e.Answer)))
            .ToList();
        // The last token is only ever a target.
        var length = rows.Max(row => row.Prompt.Length + row.Answer.Length) - 1;
        var tokens = new long[rows.Count * length];
        Array.Fill(tokens, tokenizer.IdOf(SpecialTokens.Pad));
        var (positions, targets) = (new List<long>(), new List<long>());
        foreach (var (index, (prompt, answer)) in rows.Index())
        {
            int[] all = [.. prompt, .. answer];
            for (var i = 0; i + 1 < all.Length; i++)
            {
                tokens[(index * length) + i] = all[i];
                if (i + 1 < prompt.Length)
                    continue;
                positions.Add((index * length) + i);
                targets.Add(all[i + 1]);
            }
        }
        return new TrainingBatch(rows.Count, length, tokens, [.. positions], [.. targets]);
    }
}
