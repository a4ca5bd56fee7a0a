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

    // A drop of one point with a standard deviation of two, against a tolerance of half a point, where eight measures share the error rate.
    [Theory]
    [InlineData(null, 160, 215, 245, 0.96)]
    [InlineData(500, 160, 165, 180, 1.0)]
    [InlineData(null, 20, 130, 155, 0.99)]
    public void Process_DropOfOne_BlocksAfterAsManyPromptsAsItShould(int? units, int enough, int fewest, int most, double power)
    {
        const int Trials = 400;
        const int Longest = 500;
        var random = new Random(7);
        var (read, found) = (0, 0);
        for (var trial = 0; trial < Trials; trial++)
        {
            var process = new BettingProcess(new GridMixture(), 20_000, 10_500, units);
            var at = 0;
            while (at < Longest && process.Largest.Value < enough)
            {
                var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                process.Take(10_000 + Math.Clamp((int)(1000 * (1 + 2 * normal)), -10_000, 10_000));
                at++;
            }

            read += at;
            if (process.Largest.Value >= enough) found++;
        }

        Assert.InRange((double)read / Trials, fewest, most);
        Assert.InRange((double)found / Trials, power, 1);
    }

    [Fact]
    public void Read_OneRefusalInSixLostAmongHarmlessPrompts_BlocksWhateverTheOrder()
    {
        var world = Make.Refusals(prompts: 60, lost: 10, harmless: 180);
        Assert.All(Enumerable.Range(0, 50), seed =>
        {
            var suite = OrderedSuite.Of(SuiteIdentity.Create(new SuiteHeader("made", seed), world.Suite.Prompts));
            Assert.InRange(SequentialTest.Read(suite, world.Baseline, world.Checkpoint, ComparisonFacts.None).BlockedAt ?? int.MaxValue, 1, 200);
        });
    }

    // Exactly 500 thousandths a prompt.
    private static int[] Balanced()
    {
        var table = (int[])Table.Clone();
        for (var index = Prompts - 1; table.Sum() != 500 * Prompts; index--) table[index] += Math.Sign(500 * Prompts - table.Sum());
        return table;
    }
}
