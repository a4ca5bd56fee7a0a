using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>How often a mean of exactly the tolerance is called above it, or below it: at most one time in twenty, however often one looks.</summary>
public sealed class ValidityTests
{
    private const int Repetitions = 2000;
    private const int Prompts = 200;
    private const int Most = Repetitions / 20;

    // 2.5 % of the prompts lose 9 points, and the others what makes the mean 0.5.
    private static readonly int[] Table = [.. Enumerable.Range(0, Prompts).Select(index => index < 5 ? 9000 : index < 70 ? 282 : index < 135 ? 282 : 281)];

    [Theory]
    [InlineData(EvidenceTarget.Suite)]
    [InlineData(EvidenceTarget.Population)]
    public void Process_MeanOfTheTolerance_IsSeldomWrongAtAnyLook(EvidenceTarget target)
    {
        var table = Balanced();
        var random = new Random(11);
        var (blocked, passed) = (0, 0);
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            if (target == EvidenceTarget.Suite) random.Shuffle(table);
            int? units = target == EvidenceTarget.Suite ? Prompts : null;
            var block = new BettingProcess(new GridMixture(), 20_000, 10_500, units);
            var pass = new BettingProcess(new GridMixture(), 20_000, 9_500, units);
            for (var index = 0; index < Prompts; index++)
            {
                var drop = target == EvidenceTarget.Suite ? table[index] : table[random.Next(Prompts)];
                block.Take(drop + 10_000);
                pass.Take(10_000 - drop);
            }

            if (block.Largest.Value >= 20) blocked++;
            if (pass.Largest.Value >= 20) passed++;
        }

        Assert.InRange(blocked, 0, Most);
        Assert.InRange(passed, 0, Most);
    }

    // Exactly 500 thousandths a prompt.
    private static int[] Balanced()
    {
        var table = (int[])Table.Clone();
        for (var index = Prompts - 1; table.Sum() != 500 * Prompts; index--) table[index] += Math.Sign(500 * Prompts - table.Sum());
        return table;
    }
}
