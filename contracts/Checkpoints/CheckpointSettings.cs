namespace RailCluster.Contracts;

/// <summary>All that decides a checkpoint's results beside its weights and its suite.</summary>
[GenerateSerializer, Alias("rail.CheckpointSettings")]
public sealed record CheckpointSettings(
    GenerationSettings Generation,
    ScoringSettings Scoring,
    EngineIdentity Engine,
    int ShardSize);

/// <summary>What is evaluated: one model state on one suite under one set of settings.</summary>
/// <param name="Model">Content of the model.</param>
/// <param name="Location">Where that content was last seen; not part of the identity.</param>
/// <param name="SuiteHash">Identity of the suite.</param>
/// <param name="PromptCount">Prompts in the suite.</param>
/// <param name="Settings">How it is generated and scored.</param>
[GenerateSerializer, Alias("rail.CheckpointPlan")]
public sealed record CheckpointPlan(
    ModelFingerprint Model,
    ModelReference Location,
    string SuiteHash,
    int PromptCount,
    CheckpointSettings Settings)
{
    /// <summary>How many shards the suite is cut into.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int ShardCount => (PromptCount + Settings.ShardSize - 1) / Settings.ShardSize;
}
