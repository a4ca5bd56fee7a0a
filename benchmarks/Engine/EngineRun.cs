using System.Diagnostics;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>One run of the engine over a piece of work.</summary>
/// <param name="Seconds">Time from asking to the last answer.</param>
/// <param name="Answers">Tokens of every answer, in the order of the prompts.</param>
internal sealed record EngineRun(double Seconds, IReadOnlyList<IReadOnlyList<int>> Answers)
{
    /// <summary>Loads a model as <c>rail generate</c> does.</summary>
    public static async Task<OnnxTextGenerator> LoadAsync(string model, int slots, int threads) => (OnnxTextGenerator)await
        new OnnxModelStore(new OnnxModelStoreOptions()).LoadAsync(new ModelReference(Path.GetFullPath(model)), null, new LoadOptions(slots, threads));

    /// <summary>Answers all prompts.</summary>
    public static async Task<EngineRun> OfAsync(OnnxTextGenerator generator, Workload work)
    {
        IReadOnlyList<GenerationRequest> requests = work.Requests();
        var answers = new SortedDictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        long started = Stopwatch.GetTimestamp();
        await foreach (GeneratedText answer in generator.GenerateAsync(requests, work.Settings))
            answers[answer.Id] = answer.OutputIds;
        return new EngineRun(Stopwatch.GetElapsedTime(started).TotalSeconds, [.. answers.Values]);
    }
}
