using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains.Tests;

/// <summary>Plans and keys for tests.</summary>
internal static class Worlds
{
    public static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static CheckpointPlan Plan(char model = 'a', int prompts = 96, string folder = "/models/one", string? adapter = null) => new(
        new ModelFingerprint(new string(model, 64)),
        new ModelReference(folder, adapter),
        new string('5', 64),
        prompts,
        new CheckpointSettings(
            new GenerationSettings(),
            new ScoringSettings(new ScorerIdentity("rules", "1"), ScoringMode.Basic, Dimensions.All),
            new EngineIdentity("cpu", "fp32", 1),
            ShardSize: 32));

    public static CheckpointKey Key(CheckpointPlan plan) => CheckpointKeys.Of("lab", plan);

    public static CheckpointAnnouncement Announce(CheckpointPlan plan, bool baseline = false, params int[] open) =>
        new(Key(plan), plan, [.. open], baseline);

    public static LeaseRequest Ask(WorkKind kind, int most = 8, ModelFingerprint? resident = null) => new("silo/cpu0", kind, most, resident);
}
