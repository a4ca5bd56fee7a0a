using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Adds up answers and summaries of answers.</summary>
internal sealed class SummaryTally
{
    private readonly DimensionTally?[] _dimensions = new DimensionTally?[Dimensions.All.Length];
    private readonly Dictionary<string, ScoreMoments?[]> _categories = new(StringComparer.Ordinal);
    private readonly Dictionary<ExpectedBehaviour, RefusalCount> _behaviour = [];
    private long _prompts;
    private long _refusals;

    public void Add(SuitePrompt prompt, ScoredResponse response)
    {
        _prompts++;
        if (response.Refused == true) _refusals++;
        Add(prompt.Expected, new RefusalCount(1, response.Refused == true ? 1 : 0, response.Refused is null ? 1 : 0));
        foreach (var (dimension, outcome) in response.Scores)
        {
            if (!prompt.Dimensions.Contains(dimension)) continue;
            Of(dimension).Add(prompt.Id, outcome);
            if (outcome is ScoreOutcome.Scored { Thousandths: var score }) Add(prompt.Category, dimension, new ScoreMoments(1, score, (long)score * score));
        }
    }

    public void Add(CheckpointSummary summary)
    {
        checked
        {
            _prompts += summary.Prompts;
            _refusals += summary.Refusals;
        }

        foreach (var (expected, count) in summary.Behaviour) Add(expected, count);
        foreach (var (category, dimensions) in summary.Categories)
        {
            foreach (var (dimension, moments) in dimensions) Add(category, dimension, moments);
        }

        foreach (var (dimension, one) in summary.Dimensions) Of(dimension).Add(one);
        foreach (var (dimension, worst) in summary.Worst) Of(dimension).Add(worst);
    }

    public CheckpointSummary ToSummary()
    {
        var known = Dimensions.All.Where(dimension => _dimensions[(int)dimension] is not null).ToList();
        return new CheckpointSummary(
            _prompts,
            _refusals,
            known.ToImmutableSortedDictionary(dimension => dimension, dimension => Of(dimension).ToSummary()),
            known.ToImmutableSortedDictionary(dimension => dimension, dimension => Of(dimension).Worst()))
        {
            Categories = _categories.ToImmutableSortedDictionary(category => category.Key, category => Moments(category.Value), StringComparer.Ordinal),
            Behaviour = _behaviour.ToImmutableSortedDictionary(),
        };
    }

    private static ImmutableSortedDictionary<Dimension, ScoreMoments> Moments(ScoreMoments?[] dimensions) => Dimensions.All
        .Where(dimension => dimensions[(int)dimension] is not null)
        .ToImmutableSortedDictionary(dimension => dimension, dimension => dimensions[(int)dimension]!);

    private DimensionTally Of(Dimension dimension) => _dimensions[(int)dimension] ??= new DimensionTally();

    private void Add(ExpectedBehaviour expected, RefusalCount count)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_behaviour, expected, out _);
        known = known is null
            ? count
            : checked(new RefusalCount(known.Prompts + count.Prompts, known.Refused + count.Refused, known.Unknown + count.Unknown));
    }

    private void Add(string category, Dimension dimension, ScoreMoments more)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_categories, category, out _);
        known ??= new ScoreMoments?[Dimensions.All.Length];
        ref var moments = ref known[(int)dimension];
        moments = moments is null
            ? more
            : checked(new ScoreMoments(moments.Count + more.Count, moments.Sum + more.Sum, moments.SumOfSquares + more.SumOfSquares));
    }
}
