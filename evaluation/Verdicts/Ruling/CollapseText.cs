using System.Collections.Immutable;
using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What a verdict says of prompts that fell from good to critical.</summary>
internal static class CollapseText
{
    private const int Named = 3;

    public static string Criticals(ImmutableArray<PairedDrop> collapsed) =>
        collapsed.Length == 1 ? $"the critical prompt {collapsed[0].PromptId}" : $"{collapsed.Length} critical prompts";

    /// <summary>The critical prompts of a reason that collapsed, with a semicolon behind; nothing where none did.</summary>
    public static string Critical(JudgedMeasure one)
    {
        if (!one.HasCollapsed) return "";
        var confirmed = one.Collapses.Confirmed;
        return $"collapsed on {Criticals(confirmed)} ({Pairs(confirmed, pair => VerdictText.Pair(pair) + Fresh(one, pair))}); ";
    }

    /// <summary>That more prompts collapsed than may; nothing where that is not so.</summary>
    public static string TooOften(JudgedMeasure one)
    {
        if (!one.CollapsesTooOften) return "";
        var (found, read) = (one.Comparison.Collapses!, one.Comparison.Read);
        var (share, limit) = (ClopperPearson.Of(found.Count, read), one.Basis.Policy.CollapseLimit);
        return $"; {found.Count} of {read} prompts collapsed (95 % {NumberText.Percent(share.Low, limit)} to {NumberText.Percent(share.High)}); "
            + $"limit {NumberText.WrittenPercent(limit)}";
    }

    /// <summary>Collapses that nobody has scored afresh, and that scores that waver may have made up.</summary>
    public static string Open(JudgedMeasure one)
    {
        var open = one.Collapses.Open;
        var tried = open.Select(pair => CriticalCollapses.WhyUnknown(one.Basis.Comparison, one.Measure, pair.PromptId)).FirstOrDefault(why => why is not null);
        return $"{VerdictText.Against(one)}{one.Measure.Key()} seems to have collapsed on {Criticals(open)} ({Pairs(open, VerdictText.Pair)}); the scores may waver, and "
            + (tried is null ? "nobody has scored both answers afresh" : $"fresh scorings did not decide: {tried}");
    }

    /// <summary>Collapses that fresh scorings did not bear out, one sentence a measure.</summary>
    public static IEnumerable<string> Refuted(IEnumerable<JudgedMeasure> judged) => judged
        .Where(one => one.IsGated && one.Standing != MeasureStanding.Blind && !one.Collapses.Refuted.IsEmpty)
        .Select(one => $"{VerdictText.Against(one)}{one.Measure.Key()} did not collapse on {Criticals(one.Collapses.Refuted)}: fresh scorings say otherwise "
            + $"({Pairs(one.Collapses.Refuted, pair => VerdictText.Pair(pair) + Fresh(one, pair))})");

    private static string Pairs(ImmutableArray<PairedDrop> pairs, Func<PairedDrop, string> text) =>
        string.Join(", ", pairs.Take(Named).Select(text)) + NumberText.More(pairs.Length - Named);

    private static string Fresh(JudgedMeasure one, PairedDrop pair) =>
        CriticalCollapses.Find(one.Basis.Comparison, new CriticalCollapse(pair.PromptId, one.Measure.AsDimension()!.Value)) is { Unknown: null } fresh
        && CriticalCollapses.Median(fresh.Baseline) is { } before && CriticalCollapses.Median(fresh.Checkpoint) is { } after
            ? string.Create(CultureInfo.InvariantCulture, $"; scored afresh {NumberText.Score(before)} → {NumberText.Score(after)}")
            : "";
}
