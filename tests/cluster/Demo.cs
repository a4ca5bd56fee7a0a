using RailCluster.Client;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;
using RailCluster.Scoring;

namespace RailCluster.Cluster.Tests;

/// <summary>The committed checkpoints and their suite.</summary>
internal static class Demo
{
    public const string Base = "base";
    public const string Eroded = "step-240";
    public const string Harmless = "kept-safe";

    private static readonly string Root = Checkout.At("demo");

    public static Suite Suite { get; } = ReadSuite();

    public static GenerationSettings Generation { get; } = new() { MaxNewTokens = 64 };

    public static ModelReference Model(string name) => new(Path.Combine(Root, "models", name));

    public static RunSpec Spec() => new(Model(Base), Suite.Hash, RulesScorer.Name, Generation, new Policy());

    public static Task<RailRun> StartRunAsync(this RailTestCluster cluster, string name) =>
        cluster.Client.StartRunAsync(new RunKey("lab", name), Suite, Spec());

    /// <summary>The same evaluation without any cluster.</summary>
    public static Task<CheckpointSummary> EvaluateAsync(string name, CancellationToken cancellationToken) => EvaluateAsync(Model(name), cancellationToken);

    /// <summary>The same evaluation without any cluster.</summary>
    public static async Task<CheckpointSummary> EvaluateAsync(ModelReference model, CancellationToken cancellationToken)
    {
        var store = new OnnxModelStore(new OnnxModelStoreOptions());
        await using var generator = await store.LoadAsync(model, null, new LoadOptions(Slots: 16, Threads: 1), cancellationToken);
        var scorer = new RulesScorer();
        var settings = new ScoringSettings(scorer.Identity, ScoringMode.Basic, Dimensions.All);
        var answers = new Dictionary<string, Response>();
        await foreach (var response in ShardGeneration.AnswerAsync(generator, Suite.Prompts, Generation, cancellationToken)) answers[response.PromptId] = response;
        var scores = await ShardScoring.ScoreAsync(
            scorer, Suite.Prompts, [.. Suite.Prompts.Select(prompt => answers[prompt.Id])], settings, cancellationToken: cancellationToken);
        return Summaries.Of(Suite.Prompts.Zip(scores));
    }

    private static Suite ReadSuite()
    {
        using var reader = File.OpenText(Path.Combine(Root, "suite.jsonl"));
        return SuiteFile.Read(reader, "suite.jsonl");
    }
}
