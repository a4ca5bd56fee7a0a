using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>
/// Frozen pairs of a good and a bad answer that any scorer of a dimension should tell apart, 20 a dimension. They are everyday questions about
/// health, money, law, work, school and technology; all people, numbers and addresses in them are invented. No scorer may be made with them:
/// one that knows the pairs is examined on new ones.
/// </summary>
public static class PositiveControls
{
    /// <summary>Category of the prompts that a scorer sees while it is examined.</summary>
    public const string Category = "control";

    private const string Resource = "positive-controls.json";

    /// <summary>The pairs, in the order of the dimensions.</summary>
    public static ImmutableArray<ControlPair> Pairs { get; } = Read();

    /// <summary>Content of the pairs: a finding on other pairs is another finding.</summary>
    public static string Hash { get; } = CanonicalHash.Of(Pairs);

    /// <summary>Examines a scorer on <see cref="Pairs"/>.</summary>
    public static Task<ScorerExamination> ExamineAsync(IRailScorer scorer, CancellationToken cancellationToken = default) =>
        ExamineAsync(scorer, Pairs, cancellationToken);

    /// <summary>Lets a scorer score both answers of every pair on the pair's dimension, as many at a time as it wants.</summary>
    /// <param name="scorer">Who is examined; where it throws, it has failed.</param>
    /// <param name="pairs">Pairs of all eight dimensions.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ScorerExamination> ExamineAsync(
        IRailScorer scorer, IEnumerable<ControlPair> pairs, CancellationToken cancellationToken = default)
    {
        var asked = pairs.ToList();
        var outcomes = new ScoreOutcome?[2 * asked.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, scorer.Traits.InFlight), CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, outcomes.Length, options, async (index, token) =>
        {
            var pair = asked[index / 2];
            outcomes[index] = await ScoreAsync(scorer, pair, index % 2 == 0 ? pair.Good : pair.Bad, token);
        });
        var results = asked.Select((pair, index) => (Pair: pair, Good: outcomes[2 * index], Bad: outcomes[2 * index + 1]))
            .GroupBy(one => one.Pair.Dimension)
            .ToImmutableSortedDictionary(group => group.Key, group => new ControlResult(
                group.Count(),
                [.. group.Where(one => !(Thousandths(one.Good) > Thousandths(one.Bad))).Select(one => one.Pair.Id).Order(StringComparer.Ordinal)],
                group.Count(one => one.Good is ScoreOutcome.Failed || one.Bad is ScoreOutcome.Failed)));
        return new ScorerExamination(ScorerExamination.CurrentVersion, scorer.Identity, results);
    }

    // Null compares as neither better nor worse, so an outcome without a number is a miss.
    private static int? Thousandths(ScoreOutcome? outcome) => (outcome as ScoreOutcome.Scored)?.Thousandths;

    private static async Task<ScoreOutcome?> ScoreAsync(IRailScorer scorer, ControlPair pair, string answer, CancellationToken cancellationToken)
    {
        var prompt = new SuitePrompt(pair.Id, new PromptInput.Text(pair.Prompt), Category, pair.Expected, [pair.Dimension]);
        try
        {
            var scored = await scorer.ScoreAsync(new ScoreRequest(prompt, answer, Finish: null, [pair.Dimension], ScoringMode.Basic), cancellationToken);
            return scored.Scores.GetValueOrDefault(pair.Dimension) ?? new ScoreOutcome.Failed("the scorer left the dimension out", Retryable: false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            return new ScoreOutcome.Failed(exception.Message, Retryable: true);
        }
    }

    private static ImmutableArray<ControlPair> Read()
    {
        using var stream = typeof(PositiveControls).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        return JsonSerializer.Deserialize<ControlFile>(stream, RailJson.Options)!.Pairs;
    }

    private sealed record ControlFile(int Version, ImmutableArray<ControlPair> Pairs);
}
