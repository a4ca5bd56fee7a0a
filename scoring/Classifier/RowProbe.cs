using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>
/// Tries out whether a row keeps its numbers beside others and beside padding. A graph that scales a whole batch at once, as dynamic quantisation
/// does, or that reads padding, would let an answer's score depend on which answers wait beside it.
/// </summary>
internal static class RowProbe
{
    // Shares of a logit; kernels may add in another order for other shapes. In thousandths of a score, half of one at most.
    private const float SingleTolerance = 2e-4f;
    private const float HalfTolerance = 2e-2f;

    /// <summary>Compares rows of several lengths read together with each alone.</summary>
    /// <returns>Why answers must be read one at a time, or null; and the number of outputs.</returns>
    /// <exception cref="OnnxRuntimeException">The graph fails with one row.</exception>
    public static (string? Reason, int Outputs) Run(ClassifierGraph graph, IReadOnlyList<EncodedText> rows)
    {
        float[][] alone = [.. rows.Select(row => graph.Run([row], row.Ids.Length)[0])];
        if (graph.TakesOneRow) return ("the graph takes batches of 1", alone[0].Length);
        try
        {
            var together = graph.Run(rows, rows.Max(row => row.Ids.Length) + 3);
            var most = alone.Zip(together).Max(pair => Distance(pair.First, pair.Second));
            var keeps = most <= (graph.IsHalf ? HalfTolerance : SingleTolerance);
            return (keeps ? null : FormattableString.Invariant($"the graph gives an answer other numbers beside other answers (by {most:0.0000})"), alone[0].Length);
        }
        catch (Exception fault) when (fault is OnnxRuntimeException or OnnxRuntimeShapeException)
        {
            return ($"the graph fails with several answers ({SafeText.Line(fault.Message, 200)})", alone[0].Length);
        }
    }

    // What is no number alone is for the scores to tell.
    private static float Distance(float[] alone, float[] together)
    {
        var most = 0f;
        for (var i = 0; i < alone.Length; i++)
        {
            if (!float.IsFinite(alone[i])) continue;
            var distance = Math.Abs(alone[i] - together[i]) / Math.Max(1, Math.Abs(alone[i]));
            most = float.IsNaN(distance) ? float.PositiveInfinity : Math.Max(most, distance);
        }

        return most;
    }
}
