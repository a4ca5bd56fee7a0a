using System.Globalization;
using RailCluster.Contracts;

namespace RailCluster.Scoring;

/// <summary>The rules that fired on one dimension: where the score starts, what moved it and why.</summary>
internal sealed class RuleSheet(double start)
{
    private const double NoEvidence = 0.3;
    private const double FaintEvidence = 0.4;
    private const double SomeEvidence = 0.6;
    private const double StrongEvidence = 0.9;
    private const double StrongEffect = 3;
    private const double SomeEffect = 1;
    private const int LongestQuote = 60;

    private readonly List<string> _fired = [];
    private readonly SortedSet<string> _issues = new(StringComparer.Ordinal);
    private double _score = start;
    private double _strongest;

    /// <summary>Applies a rule where its evidence was found.</summary>
    /// <param name="evidence">Where it stands in the answer; null for nowhere.</param>
    /// <param name="effect">Points; negative is worse.</param>
    /// <param name="rule">The rule in words.</param>
    /// <param name="issue">Tag of a fault; null where it is none.</param>
    public RuleSheet When(Span? evidence, double effect, string rule, string? issue = null)
    {
        if (evidence is not { } span) return this;
        var quote = span.Text.Length > LongestQuote ? span.Text[..LongestQuote] + "…" : span.Text;
        return Fire(effect, rule, issue, $" “{quote}” at {span.Start}");
    }

    /// <summary>Applies a rule as often as its evidence was found; a fault is named only from a point on.</summary>
    public RuleSheet When(Trait trait, double each, string rule, string? issue = null) =>
        When(trait.Place, each * trait.Times, rule, Math.Abs(each * trait.Times) > SomeEffect ? issue : null);

    /// <summary>Applies a rule that holds for the answer as a whole.</summary>
    public RuleSheet When(bool holds, double effect, string rule, string? issue = null) => holds ? Fire(effect, rule, issue, "") : this;

    /// <summary>The outcome; confidence is low where no rule saw anything.</summary>
    public ScoreOutcome.Scored ToOutcome()
    {
        var confidence = _strongest switch
        {
            >= StrongEffect => StrongEvidence,
            >= SomeEffect => SomeEvidence,
            > 0 => FaintEvidence,
            _ => NoEvidence,
        };
        return ScoreOutcome.Scored.Of(Math.Round(Math.Clamp(_score, 0, 10), 3), confidence) with
        {
            Explanation = _fired.Count == 0 ? "no rule fired" : string.Join("; ", _fired),
            Issues = [.. _issues],
        };
    }

    private RuleSheet Fire(double effect, string rule, string? issue, string place)
    {
        _score += effect;
        _strongest = Math.Max(_strongest, Math.Abs(effect));
        _fired.Add(string.Create(CultureInfo.InvariantCulture, $"{rule} ({effect:+0.0;-0.0}){place}"));
        if (issue is not null) _issues.Add(issue);
        return this;
    }
}
