using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One prompt for a generator.</summary>
/// <param name="Id">Comes back with the answer; with the seed, all that sampling depends on.</param>
/// <param name="Input">What to ask.</param>
public sealed record GenerationRequest(string Id, PromptInput Input);

/// <summary>One answer of a generator.</summary>
/// <param name="Id">Of the request.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="OutputIds">Generated token ids, the end token included; empty unless answered, and from an endpoint, which tells none.</param>
public sealed record GeneratedText(string Id, GenerationOutcome Outcome, IReadOnlyList<int> OutputIds);

/// <summary>A loaded model. Calls do not overlap; the engine's memory goes with <see cref="IAsyncDisposable.DisposeAsync"/>.</summary>
public interface ITextGenerator : IAsyncDisposable
{
    /// <summary>What is loaded.</summary>
    ModelInspection Model { get; }

    /// <summary>Proves that the model is asked as it was trained to be: tokenizer round trip, template and BOS once, end token known and so on.</summary>
    Task<CanaryReport> ProveAsync(GenerationSettings settings, CancellationToken cancellationToken = default);

    /// <summary>
    /// Answers prompts, as many at a time as it has slots; each answer is yielded once, as soon as it is finished, in no promised order.
    /// An answer does not depend on its neighbours. What fails for one prompt is that prompt's outcome; what fails for all throws.
    /// </summary>
    IAsyncEnumerable<GeneratedText> GenerateAsync(
        IReadOnlyList<GenerationRequest> requests,
        GenerationSettings settings,
        CancellationToken cancellationToken = default);
}
