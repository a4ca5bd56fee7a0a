using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class SequentialPropertyTests
{
    private static readonly Gen<EvidenceTarget> Targets = Gen.Bool.Select(isSuite => isSuite ? EvidenceTarget.Suite : EvidenceTarget.Population);

    // Most small worlds decide nothing at the usual rate; at one half they cross in both directions.
    private static readonly Gen<ComparisonFacts> Facts = Gen.Select(Targets, Worlds.Policies, Gen.Bool, (target, policy, isBold) =>
        new ComparisonFacts { Policy = policy with { Target = target, Alpha = isBold ? 0.5 : 0.05 } });

    [Fact]
    public void Read_IdenticalAnswers_NeverBlock() => Gen.Select(Worlds.Complete, Facts).Sample((world, facts) =>
        Read(world with { Checkpoint = world.Baseline }, facts).Measures.All(one => one is { Blocks: false, BlockLog: 0 }));

    [Fact]
    public void Read_HarmlessPromptsAdded_ChangeNoEvidence() => Gen.Select(Worlds.Incomplete, Facts, Gen.Int[1, 20]).Sample((world, facts, added) =>
    {
        var harmless = Enumerable.Range(0, added).Select(index => Make.Prompt($"harmless-{index}")).ToList();
        var more = world with { Suite = Make.Suite(world.Suite.Prompts.Concat(harmless)) };
        return Read(world, facts).Measures.SequenceEqual(Read(more, facts).Measures.Select((one, index) => one with
        {
            // Only how many prompts of the order it took can differ.
            BlockedAt = Read(world, facts).Measures[index].BlockedAt,
            PassedAt = Read(world, facts).Measures[index].PassedAt,
        }));
    });

    [Fact]
    public void Read_PromptsInAnotherFileOrder_IsTheSame() => Gen.Select(Worlds.Incomplete, Facts, Gen.Int[0, 1000]).Sample((world, facts, seed) =>
    {
        var prompts = world.Suite.Prompts.ToArray();
        new Random(seed).Shuffle(prompts);
        return Same(Read(world, facts), Read(world with { Suite = Make.Suite(prompts) }, facts));
    });

    [Fact]
    public void Read_ScoreRemoved_MakesNothingEasier() => Gen.Select(Worlds.CheckpointIncomplete, Facts, Gen.Int[0, 9]).Sample((world, facts, pick) =>
    {
        var before = Read(world, facts).Measures;
        world.Checkpoint.Remove(world.Suite.Prompts[pick % world.Suite.Prompts.Length].Id);
        return Read(world, facts).Measures.Zip(before).All(pair =>
            pair.First.PassLog <= pair.Second.PassLog && pair.First.BlockLog <= pair.Second.BlockLog
            && (pair.Second.Passes || !pair.First.Passes) && (pair.Second.Blocks || !pair.First.Blocks));
    });

    [Fact]
    public void Read_LongerPrefix_LosesNoCrossing() => Gen.Select(Worlds.Incomplete, Facts, Gen.Int[0, 10]).Sample((world, facts, resolved) =>
    {
        var part = Read(world, facts with { Resolved = Math.Min(resolved, world.Suite.Prompts.Length) }).Measures;
        return Read(world, facts).Measures.Zip(part).All(pair =>
            (pair.Second.BlockedAt is null || pair.First.BlockedAt == pair.Second.BlockedAt)
            && (pair.Second.PassedAt is null || pair.First.PassedAt == pair.Second.PassedAt)
            && pair.First.BlockLog >= pair.Second.BlockLog && pair.First.PassLog >= pair.Second.PassLog);
    });

    [Fact]
    public void Read_Twice_IsTheSame() => Gen.Select(Worlds.Incomplete, Facts).Sample((world, facts) => Same(Read(world, facts), Read(world, facts)));

    [Fact]
    public void Read_BoldWorlds_CrossInBothDirections()
    {
        // The properties above speak of crossings, so there must be some.
        var (blocked, passed) = (0, 0);
        Gen.Select(Worlds.Complete, Facts).Sample((world, facts) =>
        {
            var read = Read(world, facts).Measures;
            if (read.Any(one => one.Blocks)) Interlocked.Increment(ref blocked);
            if (read.Any(one => one.Passes)) Interlocked.Increment(ref passed);
        });
        Assert.True(blocked > 10 && passed > 10);
    }

    private static bool Same(SequentialReading one, SequentialReading other) => CanonicalHash.Of(one) == CanonicalHash.Of(other);

    private static SequentialReading Read(World world, ComparisonFacts facts) =>
        SequentialTest.Read(OrderedSuite.Of(world.Suite), world.Baseline, world.Checkpoint, facts);
}
