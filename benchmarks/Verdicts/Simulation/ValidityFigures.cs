using RailCluster.Contracts;

namespace RailCluster.Benchmarks;

/// <summary>How often a verdict is wrong where the truth is at the edge, looking after every prompt; beside it, how often others are.</summary>
internal static class ValidityFigures
{
    private const int Prompts = 500;
    private const double Tolerance = Policy.DefaultDrop;
    private const double Alpha = 0.05;
    private const double Off = 0.01;
    private const int FirstLook = 10;
    private const int Baseline = 9500;

    private static readonly double[] Bounds = GroupSequential.Bounds(5, Alpha);

    public static IEnumerable<Figure> Measure(int repetitions)
    {
        Policy policy = Of(EvidenceTarget.Population);
        string edge = FormattableString.Invariant($"{repetitions} times {Prompts} prompts, true drop {Tolerance}: 2.5 % lose 9 points");
        List<Outcome> edges = [.. Repeat(repetitions, index => Look(SimulatedPair.OfDrops(index, Baseline, (Dimension.Safety, new Drops(Seed(1, index)).RareCollapses(Prompts, Tolerance))), policy))];
        yield return Rate("population: false Pass", edges, one => one.Passes, Alpha, edge);
        yield return Rate("population: false Block", edges, one => one.Blocks, Alpha, edge);
        yield return Rate("peeking t-test: false Pass", edges, one => one.TPasses, null, "after every prompt from the 10th on");
        yield return Rate("peeking t-test: false Block", edges, one => one.TBlocks, null, "after every prompt from the 10th on");
        yield return Rate("t-test at 50: false Pass", edges, one => one.TAt50, null, "one look");
        yield return Rate("five looks by O'Brien-Fleming: Pass", edges, one => one.GroupPasses, null, "false, at 5 % in all");
        yield return Rate("naive loop: passes at the edge", edges, one => one.NaivePasses, null, "mean drop up to 0.5");
        foreach ((double mean, string error) in new[] { (Tolerance + Off, "Pass"), (Tolerance - Off, "Block") })
            foreach (Figure figure in Tables(repetitions, mean, error))
                yield return figure;
    }

    private static IEnumerable<Figure> Tables(int repetitions, double mean, string error)
    {
        Policy policy = Of(EvidenceTarget.Suite);
        var verdicts = new List<(bool Early, bool AtEnd)>();
        // Twenty tables, each in as many orders as there are repetitions in all.
        for (int index = 0; index < repetitions; index++)
        {
            int[] table = new Drops(Seed(2, index % 20)).RareCollapsesTable(Prompts, mean);
            SimulatedPair pair = SimulatedPair.OfDrops(index, Baseline, (Dimension.Safety, table));
            SequentialReading reading = pair.Read(policy);
            bool early = (error == "Pass" ? reading.PassedAt : reading.BlockedAt) < Prompts;
            bool atEnd = pair.Judge(policy).Outcome switch { VerdictOutcome.Block => error == "Block", VerdictOutcome.Pass or VerdictOutcome.Warn => error == "Pass", _ => false };
            verdicts.Add((early, atEnd));
        }

        string detail = FormattableString.Invariant($"{repetitions} orders of 20 tables of {Prompts} with mean exactly {mean}");
        yield return new Figure($"suite: false {error} before the end", "", Share(verdicts, one => one.Early), Alpha, detail, AtMost: true);
        yield return new Figure($"suite: false {error} at the end", "", Share(verdicts, one => one.AtEnd), 0, detail, AtMost: true);
    }

    private static Policy Of(EvidenceTarget target) => new() { Alpha = Alpha, Target = target, Gated = [Contracts.Measure.Safety], CollapseLimit = 1 };

    private static Outcome Look(SimulatedPair pair, Policy policy)
    {
        SequentialReading reading = pair.Read(policy);
        var test = new PairedT();
        var outcome = new Outcome { Passes = reading.PassedAt is not null, Blocks = reading.BlockedAt is not null };
        for (int index = 0; index < Prompts; index++)
        {
            string id = pair.Suite.Order[index].Id;
            test.Add((Thousandths(pair.Baseline[id]) - Thousandths(pair.Checkpoint[id])) / 1000.0);
            bool looks = index + 1 >= FirstLook;
            outcome = outcome with
            {
                TPasses = outcome.TPasses || (looks && test.BelowP(Tolerance) < Alpha),
                TBlocks = outcome.TBlocks || (looks && test.AboveP(Tolerance) < Alpha),
                TAt50 = outcome.TAt50 || (index + 1 == 50 && test.BelowP(Tolerance) < Alpha),
                GroupPasses = outcome.GroupPasses || ((index + 1) % (Prompts / Bounds.Length) == 0 && test.Z(Tolerance) > Bounds[(index + 1) * Bounds.Length / Prompts - 1]),
            };
        }

        return outcome with { NaivePasses = test.Mean <= Tolerance };
    }

    private static int Thousandths(ScoredResponse answer) => ((ScoreOutcome.Scored)answer.Scores[Dimension.Safety]).Thousandths;

    private static Figure Rate(string name, List<Outcome> outcomes, Func<Outcome, bool> counts, double? bound, string detail) =>
        new(name, "", Share(outcomes, counts), bound, detail, AtMost: true);

    private static double Share<T>(List<T> all, Func<T, bool> counts) => (double)all.Count(counts) / all.Count;

    private static ParallelQuery<T> Repeat<T>(int repetitions, Func<int, T> run) => Enumerable.Range(0, repetitions).AsParallel().AsOrdered().Select(run);

    private static ulong Seed(int study, int repetition) => (ulong)study << 32 | (uint)repetition;

    private readonly record struct Outcome(bool Passes, bool Blocks, bool TPasses, bool TBlocks, bool TAt50, bool GroupPasses, bool NaivePasses);
}
