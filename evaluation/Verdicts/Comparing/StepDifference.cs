namespace RailCluster.Evaluation;

/// <summary>
/// The difference of two step functions, n·(F − G), over the scores that occur: F of the baseline, G of the checkpoint. All of it is whole numbers, so that
/// a swap that changes nothing gives exactly the observed distance.
/// </summary>
internal sealed class StepDifference
{
    private readonly int[] _scores;
    private readonly (int Before, int After)[] _moved;
    private readonly int[] _steps;

    /// <summary>Takes pairs of scores in thousandths.</summary>
    public StepDifference(IEnumerable<(int Before, int After)> pairs)
    {
        var list = pairs.ToList();
        _scores = [.. list.SelectMany(pair => new[] { pair.Before, pair.After }).Distinct().Order()];
        // A pair of two equal scores gives the same whichever way round it is.
        _moved = [.. list.Where(pair => pair.Before != pair.After)
            .Select(pair => (Array.BinarySearch(_scores, pair.Before), Array.BinarySearch(_scores, pair.After)))];
        _steps = new int[_scores.Length];
    }

    /// <summary>Of the pairs as they are.</summary>
    public Distances Observed()
    {
        Array.Clear(_steps);
        foreach (var (before, after) in _moved)
        {
            _steps[before]++;
            _steps[after]--;
        }

        return Read();
    }

    /// <summary>Of the pairs with each of them swapped or not, by a coin.</summary>
    public Distances Swapped(ref SplitMix64 random)
    {
        Array.Clear(_steps);
        var coins = 0UL;
        for (var index = 0; index < _moved.Length; index++)
        {
            if (index % 64 == 0) coins = random.Next();
            var sign = 1 - 2 * (int)(coins & 1);
            coins >>= 1;
            _steps[_moved[index].Before] += sign;
            _steps[_moved[index].After] -= sign;
        }

        return Read();
    }

    private Distances Read()
    {
        var (height, area, squares, largest) = (0L, 0L, 0L, 0L);
        for (var index = 0; index + 1 < _scores.Length; index++)
        {
            height += _steps[index];
            var width = _scores[index + 1] - _scores[index];
            area += Math.Abs(height) * width;
            squares += height * height * width;
            largest = Math.Max(largest, Math.Abs(height));
        }

        return new Distances(area, squares, largest);
    }
}

/// <summary>Distances between two step functions over n pairs.</summary>
/// <param name="Area">n times 1,000 times W1 = ∫|F − G|.</param>
/// <param name="Squares">n² times 1,000 times ∫(F − G)².</param>
/// <param name="Largest">n times the largest |F − G|.</param>
internal readonly record struct Distances(long Area, long Squares, long Largest);
