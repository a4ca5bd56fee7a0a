using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Draws a smaller suite.</summary>
public static class SuiteSampler
{
    /// <summary>
    /// Draws prompts by seed, and keeps them in file order. The same suite, size and seed give the same sample, whose header says of how many it was
    /// drawn, and by which seed.
    /// </summary>
    /// <param name="suite">What is drawn from.</param>
    /// <param name="count">Prompts wanted, 1 to all.</param>
    /// <param name="byCategory">Whether categories keep their shares; with enough prompts every category keeps at least one.</param>
    /// <param name="seed">Decides which.</param>
    /// <exception cref="RailInputException">The suite does not have as many prompts.</exception>
    public static Suite Sample(Suite suite, int count, bool byCategory, long seed)
    {
        if (count < 1 || count > suite.Prompts.Length)
            throw new RailInputException($"a sample of {count} cannot be drawn from {suite.Prompts.Length} prompts; ask for 1 to {suite.Prompts.Length}");
        var strata = suite.Prompts
            .GroupBy(prompt => byCategory ? prompt.Category : "", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.OrderBy(prompt => Draw(seed, prompt.Id), StringComparer.Ordinal).ToList())
            .ToList();
        var seats = Seats([.. strata.Select(stratum => stratum.Count)], count);
        var drawn = strata.SelectMany((stratum, index) => stratum.Take(seats[index])).Select(prompt => prompt.Id).ToHashSet(StringComparer.Ordinal);
        return SuiteIdentity.Create(Noted(suite, count, byCategory, seed), [.. suite.Prompts.Where(prompt => drawn.Contains(prompt.Id))]);
    }

    // Whoever reads the suite sees that its prompts were drawn, and how to draw them again.
    private static SuiteHeader Noted(Suite suite, int count, bool byCategory, long seed)
    {
        if (count == suite.Prompts.Length) return suite.Header;
        var note = $"A sample of {count} of {suite.Prompts.Length} prompts, drawn by seed {seed}{(byCategory ? " with the categories' shares kept" : "")}.";
        return suite.Header with { Description = suite.Header.Description is { } said ? $"{said} {note}" : note };
    }

    // Sainte-Laguë: the next seat goes to the stratum that is owed most, the first among equals.
    private static int[] Seats(ImmutableArray<int> sizes, int count)
    {
        var seats = new int[sizes.Length];
        if (count >= sizes.Length) Array.Fill(seats, 1);
        var owed = new PriorityQueue<int, (double Owed, int Index)>();
        for (var index = 0; index < sizes.Length; index++) Queue(index);
        for (var given = seats.Sum(); given < count; given++)
        {
            var next = owed.Dequeue();
            seats[next]++;
            Queue(next);
        }

        return seats;

        void Queue(int index)
        {
            if (seats[index] < sizes[index]) owed.Enqueue(index, (-sizes[index] / (2.0 * seats[index] + 1), index));
        }
    }

    private static string Draw(long seed, string id) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"sample {seed}\n{id}")));
}
