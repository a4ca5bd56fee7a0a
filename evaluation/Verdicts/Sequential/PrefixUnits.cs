using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>One prompt of a measure, or a group of them that counts as one.</summary>
/// <param name="At">Prompts of the order that are needed before it can be read.</param>
/// <param name="LowestDrop">Thousandths lost, summed over the members, what is missing taken as good for the checkpoint as it can be.</param>
/// <param name="HighestDrop">The same, as bad as it can be.</param>
/// <param name="Members">Prompts.</param>
/// <param name="IsCritical">Whether it goes first for what it is, not by chance: it is used up and shows nothing.</param>
internal readonly record struct MeasureUnit(int At, long LowestDrop, long HighestDrop, int Members, bool IsCritical);

/// <summary>The units of a measure.</summary>
/// <param name="Measure">What is measured.</param>
/// <param name="Declared">Prompts that the suite declares for it.</param>
/// <param name="Total">Its units in the suite.</param>
/// <param name="Read">Those within the prefix, as they are read.</param>
internal sealed record MeasureUnits(Measure Measure, int Declared, int Total, ImmutableArray<MeasureUnit> Read);

/// <summary>The paired drops of all measures over a prefix of the pre-committed order.</summary>
/// <param name="Read">Prompts in the prefix.</param>
/// <param name="Total">Prompts in the suite.</param>
/// <param name="Critical">Critical prompts in the suite; the order begins with them.</param>
/// <param name="Target">What is claimed.</param>
/// <param name="Measures">All ten, in order.</param>
internal sealed record PrefixUnits(int Read, int Total, int Critical, EvidenceTarget Target, ImmutableArray<MeasureUnits> Measures)
{
    public bool IsComplete => Read == Total;

    /// <summary>Pairs both sides, prompt by prompt.</summary>
    public static PrefixUnits Of(
        OrderedSuite suite,
        IReadOnlyDictionary<string, ScoredResponse> baseline,
        IReadOnlyDictionary<string, ScoredResponse> checkpoint,
        ComparisonFacts facts)
    {
        var (order, target) = (suite.Order, facts.Policy.Target);
        var read = facts.Resolved ?? order.Length;
        if (read < 0 || read > order.Length) throw new ArgumentOutOfRangeException(nameof(facts), read, $"the suite has {order.Length} prompts");
        var builders = Contracts.Measures.All.Select(measure => UnitsBuilder.For(measure, target)).ToArray();
        for (var index = 0; index < order.Length; index++)
        {
            var prompt = order[index];
            var isRead = index < read;
            var before = isRead ? baseline.GetValueOrDefault(prompt.Id) : null;
            var after = isRead ? checkpoint.GetValueOrDefault(prompt.Id) : null;
            foreach (var builder in builders)
            {
                if (prompt.Declares(builder.Measure)) builder.Add(index + 1, prompt, isRead ? ScorePair.Of(builder.Measure, prompt, before, after) : null);
            }
        }

        return new PrefixUnits(read, order.Length, order.Count(prompt => prompt.IsCritical), target, [.. builders.Select(builder => builder.Build(read))]);
    }
}
