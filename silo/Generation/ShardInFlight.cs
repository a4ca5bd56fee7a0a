using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Silo;

/// <summary>A leased shard and the answers that it has so far.</summary>
internal sealed class ShardInFlight(Lease lease, ShardKey key, ImmutableArray<SuitePrompt> prompts, ResponseSet? attempt)
{
    private readonly Dictionary<string, Response> _answers =
        attempt?.Responses.Where(ShardGeneration.IsResult).ToDictionary(response => response.PromptId, StringComparer.Ordinal) ?? new(StringComparer.Ordinal);

    public Lease Lease { get; } = lease;

    public ShardKey Key { get; } = key;

    public ImmutableArray<SuitePrompt> Prompts { get; } = prompts;

    public bool IsComplete => _answers.Count == Prompts.Length;

    /// <summary>The first failed answer; null where all are results.</summary>
    public GenerationOutcome.Failed? Failure => _answers.Values
        .Select(response => response.Outcome)
        .OfType<GenerationOutcome.Failed>()
        .OrderBy(failed => failed.Retryable)
        .FirstOrDefault();

    /// <summary>Prompts that no attempt has answered, in order.</summary>
    public IEnumerable<SuitePrompt> Missing() => Prompts.Where(prompt => !_answers.ContainsKey(prompt.Id));

    public void Add(Response response) => _answers[response.PromptId] = response;

    /// <summary>What there is; prompts without an answer failed with the reason given.</summary>
    public ResponseSet ToSet(string missing = "not answered")
    {
        var failed = new GenerationOutcome.Failed(missing, Retryable: true);
        foreach (var prompt in Missing().ToList()) Add(new Response(prompt.Id, failed));
        return ShardGeneration.Assemble(Key.Index, Prompts, _answers);
    }
}
