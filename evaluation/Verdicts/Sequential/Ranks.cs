namespace RailCluster.Evaluation;

/// <summary>Places of values in order of size.</summary>
internal static class Ranks
{
    /// <summary>Indices of the values, largest value first, ties in their order.</summary>
    public static int[] Descending(ReadOnlySpan<double> values)
    {
        var order = new int[values.Length];
        for (var index = 0; index < order.Length; index++) order[index] = index;
        var copy = values.ToArray();
        Array.Sort(order, (left, right) => copy[right].CompareTo(copy[left]) is not 0 and var unequal ? unequal : left.CompareTo(right));
        return order;
    }
}
