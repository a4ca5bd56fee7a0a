using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Where things rest in the object store. Everything a project owns has the project as a segment.</summary>
public static class ObjectKeys
{
    /// <summary>A suite.</summary>
    public static string Suite(string project, string hash) => $"suites/{project}/{hash}";

    /// <summary>The sealed answers of a shard; shared by all checkpoints that differ only in how they are scored.</summary>
    public static string Answers(ShardKey shard) => $"answers/{shard.Checkpoint.Project}/{shard.Checkpoint.Answers}/{shard.Index:D6}";

    /// <summary>The sealed scores of a shard.</summary>
    public static string Scores(ShardKey shard) => $"scores/{shard.Checkpoint.Project}/{shard.Checkpoint.Content}/{shard.Index:D6}";

    /// <summary>What an attempt at a shard's answers or scores got done before it failed.</summary>
    public static string Attempt(string sealedKey) => $"attempts/{sealedKey}";

    /// <summary>What a scorer says in deep mode about the worst prompts of a checkpoint against a baseline.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="what">64 hex digits over the baseline, the prompts picked and how they are scored.</param>
    public static string Explanations(CheckpointKey checkpoint, string what) => $"explanations/{checkpoint.Project}/{checkpoint.Content}/{what}";

    /// <summary>What fresh scorings say of a critical prompt of a checkpoint that seems to have collapsed.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="what">64 hex digits over what it was compared with, the prompt and the dimension.</param>
    public static string Collapse(CheckpointKey checkpoint, string what) => $"collapses/{checkpoint.Project}/{checkpoint.Content}/{what}";

    /// <summary>What a version of a scorer makes of the positive controls; no project's own.</summary>
    public static string Examination(ScorerIdentity scorer, string controls) => $"controls/{controls}/{scorer.Name}/{scorer.Version}";

    /// <summary>What a version of a scorer made of one answer; shared within a project.</summary>
    public static string Scored(string project, ScorerIdentity scorer, string request) => $"scored/{project}/{scorer.Name}/{scorer.Version}/{request}";

    /// <summary>How a version of a scorer scored the golden answers when it was first seen; no project's own.</summary>
    public static string Sentinels(ScorerIdentity scorer, string golden) => $"sentinels/{golden}/{scorer.Name}/{scorer.Version}";

    /// <summary>Marks a checkpoint with work left.</summary>
    public static string OpenCheckpoint(string pool, CheckpointKey key) => $"{OpenCheckpoints(pool)}{key}";

    /// <summary>All checkpoints with work left.</summary>
    public static string OpenCheckpoints(string pool) => $"open/{pool}/checkpoints/";

    /// <summary>Marks a run with steps that have no verdict yet.</summary>
    public static string OpenRun(string pool, RunKey run) => $"{OpenRuns(pool)}{run}";

    /// <summary>All runs with steps that have no verdict yet.</summary>
    public static string OpenRuns(string pool) => $"open/{pool}/runs/";

    /// <summary>Marks that a run exists.</summary>
    public static string Run(RunKey run) => $"{Runs(run.Project)}{run.Run}";

    /// <summary>All runs of a project.</summary>
    public static string Runs(string project) => $"runs/{project}/";
}
