using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What makes two checkpoints the same.</summary>
public static class CheckpointKeys
{
    /// <summary>
    /// The key of a plan within a project. Answers and scores have a key each, so that another scorer reads the answers that are there.
    /// Where the model lies and what it is called are no part of it.
    /// </summary>
    /// <exception cref="RailInputException">An endpoint answers: its weights are known by name only, and a name is never a key.</exception>
    public static CheckpointKey Of(string project, CheckpointPlan plan)
    {
        var settings = plan.Settings;
        if (settings.Engine.ExecutionProvider == EngineIdentity.Endpoint)
            throw new RailInputException($"{plan.Location}: answers of an endpoint have no content key, because nobody can tell whether its weights stay the same; evaluate it with 'rail eval --endpoint'");
        var answers = CanonicalHash.Of(new AnswerIdentity(plan.Model.Hash, plan.SuiteHash, settings.Generation, settings.Engine, settings.ShardSize));
        return new CheckpointKey(project, answers, CanonicalHash.Of(new ContentIdentity(answers, settings.Scoring)));
    }

    private sealed record AnswerIdentity(string Model, string Suite, GenerationSettings Generation, EngineIdentity Engine, int ShardSize);

    private sealed record ContentIdentity(string Answers, ScoringSettings Scoring);
}
