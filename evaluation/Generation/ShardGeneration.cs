using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Puts suite prompts to a generator.</summary>
public static class ShardGeneration
{
    /// <summary>Answers prompts; each answer is yielded once, as soon as it is there, in no promised order.</summary>
    /// <param name="generator">A loaded model.</param>
    /// <param name="prompts">With unique ids; they may belong to several shards.</param>
    /// <param name="settings">How to generate.</param>
    /// <param name="cancellationToken">Stops between answers.</param>
    public static async IAsyncEnumerable<Response> AnswerAsync(
        ITextGenerator generator,
        IEnumerable<SuitePrompt> prompts,
        GenerationSettings settings,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var requests = prompts.Select(prompt => new GenerationRequest(prompt.Id, prompt.Input)).ToList();
        await foreach (var text in generator.GenerateAsync(requests, settings, cancellationToken))
            yield return new Response(text.Id, text.Outcome);
    }

    /// <summary>Puts answers into plan order.</summary>
    /// <exception cref="InvalidOperationException">A prompt has no answer: the generator broke its promise.</exception>
    public static ResponseSet Assemble(int shard, ImmutableArray<SuitePrompt> prompts, IReadOnlyDictionary<string, Response> answers) =>
        new(ResponseSet.CurrentVersion, shard, [.. prompts.Select(prompt => answers.TryGetValue(prompt.Id, out var answer)
            ? answer
            : throw new InvalidOperationException($"prompt '{prompt.Id}' of shard {shard} was not answered"))]);

    /// <summary>Whether an answer is a result: a set is sealed only when all of its answers are.</summary>
    public static bool IsResult(Response response) => response.Outcome is not GenerationOutcome.Failed;
}
