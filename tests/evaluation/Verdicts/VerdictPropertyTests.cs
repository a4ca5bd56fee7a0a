using System.Collections.Immutable;
using CsCheck;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

public sealed class VerdictPropertyTests
{
    [Fact]
    public void Decide_IdenticalAnswers_NeverBlock() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies).Sample((world, policy) =>
            new World(world.Suite, world.Baseline, world.Baseline).Decide(WithoutFloors(policy)).Outcome != VerdictOutcome.Block);

    [Fact]
    public void Decide_IdenticalCompleteAnswers_Pass() =>
        Worlds.Complete.Where(world => world.Compare().Measures.Any(one => one.Declared > 0)).Sample(world =>
            new World(world.Suite, world.Baseline, world.Baseline).Decide().Outcome == VerdictOutcome.Pass);

    [Fact]
    public void Decide_OneScoreWorse_NeverHelps() =>
        Gen.Select(Worlds.CheckpointIncomplete, Worlds.Policies, Gen.Int[0, 9], Gen.Int[1, 10_000]).Sample((world, policy, pick, by) =>
        {
            var before = Rank(world.Decide(policy).Outcome);
            var id = world.Suite.Prompts[pick % world.Suite.Prompts.Length].Id;
            world.Checkpoint[id] = Worse(world.Checkpoint[id], by);
            return Rank(world.Decide(policy).Outcome) >= before;
        });

    [Fact]
    public void Decide_CheckpointScoreRemoved_NeverMakesAPassEasier() =>
        Gen.Select(Worlds.CheckpointIncomplete, Worlds.Policies, Gen.Int[0, 9]).Sample((world, policy, pick) =>
        {
            var before = Math.Min(Rank(world.Decide(policy).Outcome), 2);
            world.Checkpoint.Remove(world.Suite.Prompts[pick % world.Suite.Prompts.Length].Id);
            return Rank(world.Decide(policy).Outcome) >= before;
        });

    [Fact]
    public void Decide_Pass_HoldsWhateverTheMissingScoresAre() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies).Sample((world, policy) =>
        {
            if (Rank(world.Decide(policy).Outcome) > 1) return true;
            var worst = new World(world.Suite, Filled(world, world.Baseline, 10_000), Filled(world, world.Checkpoint, 0));
            return Rank(worst.Decide(policy).Outcome) <= 1;
        });

    [Fact]
    public void Decide_IdenticalAnswersAtAnyLook_NeverBlock() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies, AnyLook).Sample((world, policy, look) =>
            Decide(new World(world.Suite, world.Baseline, world.Baseline), WithoutFloors(policy), look).Outcome != VerdictOutcome.Block);

    [Fact]
    public void Decide_ScoresMissingAtAnyLook_NeverMakeAPass() =>
        Gen.Select(Worlds.CheckpointIncomplete, Worlds.Policies, AnyLook, Gen.Int[0, 9]).Sample((world, policy, look, pick) =>
        {
            if (Rank(Decide(world, policy, look).Outcome) <= 1) return true;
            world.Checkpoint.Remove(world.Suite.Prompts[pick % world.Suite.Prompts.Length].Id);
            return Rank(Decide(world, policy, look).Outcome) > 1;
        });

    [Fact]
    public void Decide_MoreOfTheSuiteRead_NeverTakesACertainBlockBack() =>
        Gen.Select(Worlds.Complete, Worlds.Policies, Gen.Int[0, 10]).Sample((world, policy, read) =>
        {
            var at = Math.Min(read, world.Suite.Prompts.Length);
            var early = world.Look(new ComparisonFacts { Policy = policy, Resolved = at }) with { Sequential = new SequentialReading(at, world.Suite.Prompts.Length, EvidenceTarget.Suite, 0.05, []) };
            return early.Decide(policy).Outcome != VerdictOutcome.Block || world.Decide(policy).Outcome == VerdictOutcome.Block;
        });

    [Fact]
    public void Decide_ACrossingOnTheWay_ChangesNothingOnceTheSuiteIsCounted() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies, Gen.Bool, Gen.Bool).Sample((world, policy, blocks, passes) =>
        {
            var comparison = world.Look(new ComparisonFacts { Policy = policy });
            var crossed = comparison with
            {
                Sequential = comparison.Sequential! with { Measures = [.. comparison.Sequential.Measures.Select(one => one with { Blocks = blocks, Passes = passes })] },
            };
            return crossed.Decide(policy, world.Summary()).Outcome == comparison.Decide(policy, world.Summary()).Outcome;
        });

    [Fact]
    public void Decide_AnyLook_SaysThatItStoppedOnlyWhereItDidNotWait() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies, AnyLook).Sample((world, policy, look) =>
        {
            var (verdict, isPartial) = (Decide(world, policy, look), look.Read < world.Suite.Prompts.Length);
            return verdict.Stopped is not null == (isPartial && verdict.Outcome != VerdictOutcome.Inconclusive)
                && (!isPartial || verdict.Cause != InconclusiveCause.TooFewPrompts || world.Compare().Measures.All(one => one.Declared == 0));
        });

    [Fact]
    public void Decide_SameInput_GivesTheSameVerdict() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies).Sample((world, policy) =>
            CanonicalHash.Of(world.Decide(policy)) == CanonicalHash.Of(world.Decide(policy)));

    [Fact]
    public void Decide_AnyInput_HasReasonsAndACauseOnlyWhenInconclusive() =>
        Gen.Select(Worlds.Incomplete, Worlds.Policies).Sample((world, policy) =>
        {
            var verdict = world.Decide(policy);
            var isInconclusive = verdict.Outcome == VerdictOutcome.Inconclusive;
            return verdict.Reasons.Length > 0 && verdict.Measures.Length == Measures.All.Length && verdict.PolicyHash == PolicyFile.Hash(policy)
                && verdict.Cause.HasValue == isInconclusive && verdict.Resolution is not null == isInconclusive;
        });

    // How much is read, whether scores would come again, and what is claimed.
    private static Gen<(int Read, bool Repeatable, bool Population)> AnyLook { get; } = Gen.Select(Gen.Int[0, 10], Gen.Bool, Gen.Bool);

    private static Verdict Decide(World world, Policy policy, (int Read, bool Repeatable, bool Population) look)
    {
        var claimed = policy with { Alpha = 0.5, Target = look.Population ? EvidenceTarget.Population : EvidenceTarget.Suite };
        var read = Math.Min(look.Read, world.Suite.Prompts.Length);
        var facts = new ComparisonFacts { Policy = claimed, Repeatable = look.Repeatable, Resolved = read };
        var answers = OrderedSuite.Of(world.Suite).Order.Take(read).Where(prompt => world.Checkpoint.ContainsKey(prompt.Id));
        return world.Look(facts).Decide(claimed, Summaries.Of(answers.Select(prompt => (prompt, world.Checkpoint[prompt.Id]))));
    }

    private static int Rank(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => 0,
        VerdictOutcome.Warn => 1,
        VerdictOutcome.Inconclusive => 2,
        _ => 3,
    };

    private static Policy WithoutFloors(Policy policy) => policy with { Floors = ImmutableSortedDictionary<Dimension, double>.Empty };

    private static ScoredResponse Worse(ScoredResponse response, int by) => response with
    {
        Scores = response.Scores.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value is ScoreOutcome.Scored scored
            ? scored with { Thousandths = Math.Max(0, scored.Thousandths - by) }
            : pair.Value),
    };

    // What is missing is filled in against the checkpoint: what it should have done it did not do.
    private static Dictionary<string, ScoredResponse> Filled(World world, Dictionary<string, ScoredResponse> side, int thousandths) =>
        Make.Side(world.Suite.Prompts.Select(prompt =>
        {
            var known = side[prompt.Id];
            var hoped = prompt.Expected == ExpectedBehaviour.Refuse;
            return new ScoredResponse(
                prompt.Id,
                prompt.Dimensions.ToImmutableSortedDictionary(key => key, key => known.Scores[key] is ScoreOutcome.Scored
                    ? known.Scores[key]
                    : new ScoreOutcome.Scored(thousandths, thousandths / 1000.0, 0.9)),
                known.Refused ?? (thousandths > 0 ? hoped : !hoped));
        }));
}
