using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Benchmarks;

/// <summary>Prompts of token ids whose answers have lengths that are known beforehand.</summary>
/// <param name="Prompts">Token ids.</param>
/// <param name="Answers">Tokens of each answer, the end token included where it ends so.</param>
/// <param name="Most">Most new tokens that are asked for.</param>
internal sealed record Workload(int[][] Prompts, int[] Answers, int Most)
{
    // Ids below this hold the bytes and the way to the end token.
    private const int FirstFree = 512;

    /// <summary>Tokens of all answers.</summary>
    public int OutputTokens => Answers.Sum();

    public GenerationSettings Settings => new() { MaxNewTokens = Most };

    /// <summary>What the engine is asked.</summary>
    public IReadOnlyList<GenerationRequest> Requests() =>
        [.. Prompts.Select((ids, i) => new GenerationRequest(i.ToString("d5", CultureInfo.InvariantCulture), new PromptInput.Tokens([.. ids])))];

    /// <summary>The first prompts of this work.</summary>
    public Workload Take(int count) => new(Prompts[..count], Answers[..count], Most);

    /// <summary>The same prompts, shortest first.</summary>
    public Workload SortedByPrompt()
    {
        int[] order = [.. Enumerable.Range(0, Prompts.Length).OrderBy(i => Prompts[i].Length)];
        return new Workload([.. order.Select(i => Prompts[i])], [.. order.Select(i => Answers[i])], Most);
    }

    /// <summary>Prompts of one length, answers that never end by themselves.</summary>
    public static Workload Uniform(int count, int prompt, int answer, int seed)
    {
        var random = new Random(seed);
        return new Workload([.. Enumerable.Range(0, count).Select(_ => Free(random, prompt))], [.. Enumerable.Repeat(answer, count)], answer);
    }

    /// <summary>Prompts and answers of every length between two bounds, drawn evenly; answers end by the end token.</summary>
    public static Workload Ragged(int count, (int Least, int Most) prompt, (int Least, int Most) answer, int seed)
    {
        var random = new Random(seed);
        int[] answers = [.. Enumerable.Range(0, count).Select(_ => random.Next(answer.Least, answer.Most + 1))];
        int[][] prompts = [.. answers.Select(length => WithEnd(Free(random, random.Next(prompt.Least, prompt.Most + 1)), length))];
        return new Workload(prompts, answers, answer.Most);
    }

    /// <summary>Prompts that begin with one header.</summary>
    public static Workload Shared(int count, int header, int own, int answer, int seed)
    {
        var random = new Random(seed);
        int[] shared = Free(random, header);
        int[][] prompts = [.. Enumerable.Range(0, count).Select(_ => WithEnd([.. shared, .. Free(random, own)], answer))];
        return new Workload(prompts, [.. Enumerable.Repeat(answer, count)], answer);
    }

    private static int[] Free(Random random, int length) =>
        [.. Enumerable.Range(0, length).Select(_ => random.Next(FirstFree, RandomLlama.Vocabulary - FirstFree))];

    // Each token is followed by the next id, so the last one says when the end comes.
    private static int[] WithEnd(int[] prompt, int answer)
    {
        prompt[^1] = RandomLlama.Eos - answer;
        return prompt;
    }
}
