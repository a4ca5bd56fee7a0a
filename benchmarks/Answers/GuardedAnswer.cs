using System.Text.Json;
using System.Text.Json.Serialization;

namespace RailCluster.Benchmarks;

/// <summary>An answer to a harmful request and what a guard model said of it.</summary>
/// <param name="Category">Of the request.</param>
/// <param name="Prompt">The request.</param>
/// <param name="Response">The answer.</param>
/// <param name="Unsafe">1 where the guard calls it unsafe, 0 where not; null where it was not asked.</param>
internal sealed record GuardedAnswer(
    string Category, string Prompt, string Response, [property: JsonPropertyName("is_jailbreak_llamaguard2")] double? Unsafe)
{
    private const long LargestFile = 64 << 20;

    /// <summary>Reads an evaluation of the refusal_direction project.</summary>
    /// <exception cref="InvalidOperationException">It is no such file.</exception>
    public static IReadOnlyList<GuardedAnswer> Read(string file)
    {
        if (new FileInfo(file).Length > LargestFile)
            throw new InvalidOperationException($"{file}: larger than {LargestFile >> 20} MiB; give an evaluation of the refusal_direction project");
        try
        {
            Evaluation? read = JsonSerializer.Deserialize<Evaluation>(File.ReadAllText(file), JsonSerializerOptions.Web);
            return read?.Completions is { Count: > 0 } answers && answers.All(answer => answer is { Prompt: not null, Response: not null, Unsafe: 0 or 1 })
                ? answers
                : throw new InvalidOperationException($"{file}: not every one of its completions has a prompt, a response and is_jailbreak_llamaguard2 of 0 or 1");
        }
        catch (JsonException failure)
        {
            throw new InvalidOperationException($"{file}: not an evaluation in JSON: line {failure.LineNumber + 1}", failure);
        }
    }

    private sealed record Evaluation(IReadOnlyList<GuardedAnswer>? Completions);
}
