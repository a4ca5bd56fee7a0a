using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What makes two checkpoints the same.</summary>
public static class CheckpointKeys
{
    /// <summary>
    /// The key of a plan within a project. Answers and scores have a key each, so that another scorer reads the answers that are there.
    /// Where the model lies and what it is called are no part of it.
    /// </summary>
    public static CheckpointKey Of(string project, CheckpointPlan plan)
    {
        var settings = plan.Settings;
        var answers = CanonicalHash.Of(new AnswerIdentity(plan.Model.Hash, plan.SuiteHash, settings.Generation, settings.Engine, settings.ShardSize));
        return new CheckpointKey(project, answers, CanonicalHash.Of(new ContentIdentity(answers, settings.Scoring)));
    }

    private sealed record AnswerIdentity(string Model, string Suite, GenerationSettings Generation, EngineIdentity Engine, int ShardSize);

    private sealed record ContentIdentity(string Answers, ScoringSettings Scoring);
}
