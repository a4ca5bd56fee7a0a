using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>
/// Tries out whether a row keeps its numbers beside another one. How a graph reads its mask is wired by its exporter, and no description of inputs
/// tells; a graph that is wired otherwise than ours would give wrong answers, and no error.
/// </summary>
internal static class NeighbourProbe
{
    private const int Short = 5;
    private const int Long = 11;

    // Shares of the logits' range; kernels may add in another order for other shapes, and wrong wiring moves whole logits.
    private const float SingleTolerance = 1e-3f;
    private const float HalfTolerance = 3e-2f;

    /// <summary>Compares two prompts answered together with each alone.</summary>
    /// <param name="session">The model.</param>
    /// <param name="signature">What its graph asks for.</param>
    /// <param name="kind">How keys and values would be kept.</param>
    /// <param name="context">Most tokens; null where unknown.</param>
    /// <returns>Why prompts must be answered one at a time; null where they need not.</returns>
    public static string? Run(DecoderSession session, GraphSignature signature, CacheKind kind, int? context)
    {
        if (kind == CacheKind.OneRow || context <= Long + 1)
            return null;
        int[][] prompts = [Prompt(session.Vocabulary, Short, 3), Prompt(session.Vocabulary, Long, 5)];
        try
        {
            float[][] alone = [.. prompts.SelectMany(prompt => Alone(session, prompt))];
            // What fails or is no number alone is for the canaries to tell.
            if (!alone.All(logits => float.IsFinite(TensorPrimitives.Sum<float>(logits))))
                return null;
            bool half = signature.LogitsType == TensorElementType.Float16 || signature.Cache.Type == TensorElementType.Float16;
            // With the last column's logits alone, a shorter row has none after its own last token.
            bool[] ways = signature.LastLogitsOnly ? [false] : [true, false];
            return Beside(session, kind, prompts, alone, ways, half ? HalfTolerance : SingleTolerance);
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private static string? Beside(DecoderSession session, CacheKind kind, int[][] prompts, float[][] alone, bool[] ways, float tolerance)
    {
        try
        {
            float difference = 0;
            foreach (bool atOnce in ways)
            {
                float[][] together = Together(session, kind, prompts, atOnce);
                for (int i = 0; i < alone.Length; i++)
                    difference = Math.Max(difference, Distance(alone[i], together[i]));
            }

            return difference <= tolerance
                ? null
                : FormattableString.Invariant($"the graph gives a row other numbers beside another row (by {difference:0.0000} of their range)");
        }
        catch (OnnxRuntimeException e)
        {
            return $"the graph fails with two rows ({e.Message.Split('\n')[0]})";
        }
    }

    // Logits after the prompt and after one more token.
    private static float[][] Alone(DecoderSession session, int[] prompt)
    {
        using KvCache cache = session.NewCache(CacheKind.OneRow, 1);
        return [Run(session, cache, 0, prompt)[0], Step(session, cache, prompt)[0]];
    }

    // In the order of the rows: after the prompt, after one more token.
    private static float[][] Together(DecoderSession session, CacheKind kind, int[][] prompts, bool atOnce)
    {
        using KvCache cache = session.NewCache(kind, prompts.Length);
        float[][] first;
        if (atOnce)
        {
            first = Run(session, cache, 0, prompts);
        }
        else
        {
            float[] second = Run(session, cache, 1, prompts[1])[0];
            first = [Run(session, cache, 0, prompts[0])[0], second];
        }

        float[][] next = Step(session, cache, prompts);
        return [first[0], next[0], first[1], next[1]];
    }

    private static float[][] Step(DecoderSession session, KvCache cache, params int[][] prompts) =>
        Run(session, cache, 0, [.. prompts.Select(prompt => prompt[..1])]);

    private static float[][] Run(DecoderSession session, KvCache cache, int slot, params int[][] rows)
    {
        var block = new TokenBlock();
        block.Reset(slot, rows.Length, rows.Max(row => row.Length));
        for (int row = 0; row < rows.Length; row++)
            block.Set(row, rows[row]);
        LogitsBuffer logits = session.Run(cache, block);
        return [.. rows.Select((tokens, row) => logits.Row(row, tokens.Length - 1).ToArray())];
    }

    private static int[] Prompt(int vocabulary, int length, int stride) => [.. Enumerable.Range(1, length).Select(i => i * stride % vocabulary)];

    private static float Distance(float[] one, float[] other)
    {
        float range = TensorPrimitives.Max<float>(one) - TensorPrimitives.Min<float>(one), most = 0;
        for (int i = 0; i < one.Length; i++)
            most = Math.Max(most, Math.Abs(one[i] - other[i]));
        return float.IsNaN(most) ? float.PositiveInfinity : most / Math.Max(range, float.Epsilon);
    }
}
