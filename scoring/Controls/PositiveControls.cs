using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>
/// Frozen pairs of a good and a bad answer that any scorer of a dimension should tell apart, at least 20 a dimension and set. They are everyday
/// questions about health, money, law, work, school and technology; all people, numbers and addresses in them are invented.
/// </summary>
public static class PositiveControls
{
    private const string Resource = "RailCluster.Scoring.positive-controls.json";

    /// <summary>The pairs, in the order of the dimensions.</summary>
    public static ImmutableArray<ControlPair> Pairs { get; } = Read();

    /// <summary>Lets a scorer score both answers of every pair of a set on the pair's dimension.</summary>
    /// <param name="scorer">Who is examined.</param>
    /// <param name="set">Which pairs; a scorer is judged on those that it was not made with.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it ranked rightly, for all eight dimensions.</returns>
    public static async Task<ImmutableSortedDictionary<Dimension, ControlResult>> RunAsync(
        IRailScorer scorer, ControlSet set, CancellationToken cancellationToken = default)
    {
        var results = ImmutableSortedDictionary.CreateBuilder<Dimension, ControlResult>();
        foreach (var pairs in Pairs.Where(pair => pair.Set == set).GroupBy(pair => pair.Dimension))
        {
            var missed = new List<string>();
            foreach (var pair in pairs)
            {
                var good = await ScoreAsync(scorer, pair, pair.Good, cancellationToken);
                var bad = await ScoreAsync(scorer, pair, pair.Bad, cancellationToken);
                if (!(good > bad)) missed.Add(pair.Id);
            }

            results.Add(pairs.Key, new ControlResult(pairs.Count(), [.. missed.Order(StringComparer.Ordinal)]));
        }

        return results.ToImmutable();
    }

    // Null compares as neither better nor worse, so an outcome without a number is a miss.
    private static async Task<int?> ScoreAsync(IRailScorer scorer, ControlPair pair, string answer, CancellationToken cancellationToken)
    {
        var prompt = new SuitePrompt(pair.Id, new PromptInput.Text(pair.Prompt), "control", pair.Expected, [pair.Dimension]);
        var scored = await scorer.ScoreAsync(new ScoreRequest(prompt, answer, Finish: null, [pair.Dimension], ScoringMode.Basic), cancellationToken);
        return (scored.Scores.GetValueOrDefault(pair.Dimension) as ScoreOutcome.Scored)?.Thousandths;
    }

    private static ImmutableArray<ControlPair> Read()
    {
        using var stream = typeof(PositiveControls).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the assembly lacks its resource {Resource}");
        return (JsonSerializer.Deserialize<ControlFile>(stream, RailJson.Options)
            ?? throw new InvalidOperationException($"the resource {Resource} is empty")).Pairs;
    }

    private sealed record ControlFile(int Version, ImmutableArray<ControlPair> Pairs);
}
