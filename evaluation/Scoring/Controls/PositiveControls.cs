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

    /// <summary>Lets a scorer score both answers of every pair on the pair's dimension.</summary>
    /// <param name="scorer">Who is examined; where it throws, it has failed.</param>
    /// <param name="pairs">Pairs of all eight dimensions.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ScorerExamination> ExamineAsync(
        IRailScorer scorer, IEnumerable<ControlPair> pairs, CancellationToken cancellationToken = default)
    {
        var results = ImmutableSortedDictionary.CreateBuilder<Dimension, ControlResult>();
        foreach (var group in pairs.GroupBy(pair => pair.Dimension))
        {
            var (count, failed, missed) = (0, 0, new List<string>());
            foreach (var pair in group)
            {
                var good = await ScoreAsync(scorer, pair, pair.Good, cancellationToken);
                var bad = await ScoreAsync(scorer, pair, pair.Bad, cancellationToken);
                count++;
                if (good is ScoreOutcome.Failed || bad is ScoreOutcome.Failed) failed++;
                if (!(Thousandths(good) > Thousandths(bad))) missed.Add(pair.Id);
            }

            results.Add(group.Key, new ControlResult(count, [.. missed.Order(StringComparer.Ordinal)], failed));
        }

        return new ScorerExamination(ScorerExamination.CurrentVersion, scorer.Identity, results.ToImmutable());
    }

    // Null compares as neither better nor worse, so an outcome without a number is a miss.
    private static int? Thousandths(ScoreOutcome? outcome) => (outcome as ScoreOutcome.Scored)?.Thousandths;

    private static async Task<ScoreOutcome?> ScoreAsync(IRailScorer scorer, ControlPair pair, string answer, CancellationToken cancellationToken)
    {
        var prompt = new SuitePrompt(pair.Id, new PromptInput.Text(pair.Prompt), Category, pair.Expected, [pair.Dimension]);
        try
        {
            var scored = await scorer.ScoreAsync(new ScoreRequest(prompt, answer, Finish: null, [pair.Dimension], ScoringMode.Basic), cancellationToken);
            return scored.Scores.GetValueOrDefault(pair.Dimension);
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
