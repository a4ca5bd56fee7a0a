namespace RailCluster.Training;

/// <summary>A right-padded batch of prompts with answers. Types are 1 at the answer's tokens; the mask is 0 at padding.</summary>
public sealed record ClassifierBatch(int Rows, int Length, long[] Tokens, float[] Mask, float[] Types)
{
    /// <summary>Lays out rows.</summary>
    public static ClassifierBatch Create(IReadOnlyList<(int[] Tokens, int AnswerStart)> rows, int pad)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var length = rows.Max(row => row.Tokens.Length);
        var batch = new ClassifierBatch(rows.Count, length, new long[rows.Count * length], new float[rows.Count * length], new float[rows.Count * length]);
        Array.Fill(batch.Tokens, pad);
        foreach (var (index, (tokens, start)) in rows.Index())
        {
            for (var i = 0; i < tokens.Length; i++)
            {
                var at = (index * length) + i;
                (batch.Tokens[at], batch.Mask[at], batch.Types[at]) = (tokens[i], 1, i < start ? 0 : 1);
            }
        }
        return batch;
    }
}
