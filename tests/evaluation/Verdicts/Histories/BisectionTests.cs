using CsCheck;
using RailCluster.Contracts;
using static RailCluster.Contracts.VerdictOutcome;

namespace RailCluster.Evaluation.Tests;

public sealed class BisectionTests
{
    [Fact]
    public void Next_NothingKnown_ProbesTheLast() => Assert.Equal(new BisectionMove.Probe(80), Next([], [20, 80, 40]));

    [Fact]
    public void Next_LastBlocks_ProbesTheMiddle() => Assert.Equal(new BisectionMove.Probe(40), Next([(80, Block)], [20, 40, 60, 80]));

    [Fact]
    public void Next_NoneBlocks_SaysSo() => AssertSame(new BisectionMove.NoOnset([]), Next([(20, Pass), (40, Warn)], [20, 40]));

    [Fact]
    public void Next_LastStaysInconclusive_ProbesTheOneBefore() => Assert.Equal(new BisectionMove.Probe(20), Next([(40, Inconclusive)], [20, 40], 40));

    [Fact]
    public void Next_NeighboursDecided_NamesTheBracket() => AssertSame(new BisectionMove.Onset(20, 40, [], []), Next([(20, Warn), (40, Block), (60, Block)], [20, 40, 60]));

    [Fact]
    public void Next_FirstOfAllBlocks_BeginsAtTheBaseline() => AssertSame(new BisectionMove.Onset(0, 20, [], []), Next([(20, Block)], [20]));

    [Fact]
    public void Next_InconclusiveMiddle_IsCompletedOnceAndThenPassedBy()
    {
        (int, VerdictOutcome)[] known = [(20, Pass), (40, Inconclusive), (80, Block)];
        Assert.Equal(new BisectionMove.Complete(40), Next(known, [20, 40, 80]));
        AssertSame(new BisectionMove.Onset(20, 80, [40], []), Next(known, [20, 40, 80], 40));
    }

    [Fact]
    public void Next_LaterPass_IsNotMonotone() => AssertSame(new BisectionMove.Onset(20, 40, [], [60]), Next([(20, Pass), (40, Block), (60, Pass)], [20, 40, 60]));

    [Fact]
    public void Next_MonotoneHistory_IsFoundInAboutAsManyProbesAsHalvingTakes() => Gen.Select(Gen.Int[1, 200], Gen.Int[0, 200]).Sample((count, onset) =>
    {
        var saved = Enumerable.Range(1, count).Select(step => step * 10).ToList();
        var verdicts = new Dictionary<int, VerdictOutcome>();
        var probes = 0;
        while (Bisection.Next(verdicts, saved, new HashSet<int>()) is BisectionMove.Probe(var step))
        {
            verdicts.Add(step, step > onset * 10 ? Block : Pass);
            probes++;
        }

        var found = Bisection.Next(verdicts, saved, new HashSet<int>());
        return onset >= count
            ? found is BisectionMove.NoOnset && probes == 1
            : found is BisectionMove.Onset(var last, var first, _, _) && last == onset * 10 && first == last + 10 && probes <= Math.Log2(count) + 2;
    });

    private static BisectionMove Next((int Step, VerdictOutcome Outcome)[] known, int[] saved, params int[] completed) =>
        Bisection.Next(known.ToDictionary(one => one.Step, one => one.Outcome), saved, completed.ToHashSet());

    private static void AssertSame(BisectionMove expected, BisectionMove actual) => Assert.Equivalent(expected, actual, strict: true);
}
