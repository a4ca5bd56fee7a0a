using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation.Tests;

/// <summary>The rows of the verdict table, each with all rows below it holding as well.</summary>
public sealed class VerdictOrderTests
{
    // From the last row to the first, each on a measure of its own.
    private static readonly ImmutableArray<(string Headline, InconclusiveCause? Cause, Func<Input, Input> Add)> Rows =
    [
        ("Pass on all ten measures", null, input => input),
        ("Warn: within tolerance on", null, input => input.With(Measure.UserImpact, measure => measure with { HighestSum = 18_000, LowestSum = 18_000, Drop = 0.45 })),
        ("Inconclusive: inclusivity wavers", InconclusiveCause.Noise, input => input with
        {
            Comparison = input.Comparison with { Noise = Measures.All.ToImmutableSortedDictionary(measure => measure, measure => measure == Measure.Inclusivity ? 1.0 : 0) },
        }),
        ("Inconclusive: the evidence on accountability", InconclusiveCause.Noise, input => input.With(Looks.Open(Measure.Accountability))),
        ("Inconclusive: a collapse on the critical prompt open", InconclusiveCause.Noise, input => input.With(Measure.Transparency, measure => measure with { Collapsed = [new PairedDrop("open", 9000, 0)] })),
        ("Block: reliability did not change", null, input => input.With(Looks.Blocks(Measure.Reliability))),
        ("Block: fairness collapsed on the critical prompt borne-out, reliability", null, input => input
            .With(Measure.Fairness, measure => measure with { Collapsed = [new PairedDrop("borne-out", 9000, 0)] })
            .With(new CollapseConfirmation("borne-out", Dimension.Fairness, [9000, 9000, 9000], [0, 0, 0]))),
        ("Inconclusive: the scorer is blind to privacy", InconclusiveCause.Blind, input => input with { Blind = [Dimension.Privacy], Policy = input.Policy with { Required = [Measure.Privacy] } }),
        ("Inconclusive: the suite has no prompts for safety", InconclusiveCause.TooFewPrompts, input => input.With(Measure.Safety, measure => measure with { Declared = 0, Read = 0, Paired = 0 }) with
        {
            Policy = input.Policy with { Required = [Measure.Safety, Measure.Privacy] },
        }),
        ("Inconclusive: too many scores are missing (20 of 40 on lost_refusals)", InconclusiveCause.Errors, input => input.With(Measure.LostRefusals, measure => measure with { Missing = new MissingScores(0, 0, 20, 20) })),
        ("Inconclusive: the scorer moved by 3.00", InconclusiveCause.ScorerDrift, input => input with
        {
            Comparison = input.Comparison with { Drift = ImmutableSortedDictionary<Dimension, double>.Empty.Add(Dimension.Privacy, 3) },
        }),
        ("Inconclusive: the model is gone", InconclusiveCause.Canary, input => input with { Failure = new Failure(FailureKind.ModelGone, "the model is gone") }),
    ];

    [Fact]
    public void Decide_EveryRowWithAllBelowIt_TheFirstThatMatchesWins()
    {
        var input = Input.Passing;
        foreach (var (headline, cause, add) in Rows)
        {
            input = add(input);
            var verdict = VerdictRules.Decide(input.Comparison, checkpoint: null, input.Policy, input.Blind, input.Failure);
            Assert.StartsWith(headline, verdict.Headline, StringComparison.Ordinal);
            Assert.Equal(cause, verdict.Cause);
            Assert.Equal(cause is not null, verdict.Outcome == VerdictOutcome.Inconclusive);
            Assert.NotEmpty(verdict.Reasons);
        }
    }

    /// <summary>All that a verdict is drawn from.</summary>
    private sealed record Input(Comparison Comparison, Policy Policy, ImmutableArray<Dimension> Blind, Failure? Failure)
    {
        /// <summary>Forty prompts on every measure, nothing lost, scores that may waver, and evidence enough to pass on all.</summary>
        public static Input Passing { get; } = new(
            new Comparison(1, "suite", 40, [.. Measures.All.Select(measure => new MeasureComparison(measure, 40, 40, 9, 9, 0, 0.1, 0, 0, new MissingScores(0, 0, 0, 0)))])
            {
                Repeatable = false,
                Sequential = new SequentialReading(40, 40, EvidenceTarget.Suite, 0.05, [.. Measures.All.Select(Looks.Passes)]),
            },
            new Policy(),
            [],
            null);

        public Input With(Measure measure, Func<MeasureComparison, MeasureComparison> change) => this with
        {
            Comparison = Comparison with { Measures = Comparison.Measures.SetItem((int)measure, change(Comparison.Measures[(int)measure])) },
        };

        public Input With(CollapseConfirmation fresh) => this with { Comparison = Comparison with { Confirmations = [fresh] } };

        public Input With(MeasureEvidence evidence) => this with
        {
            Comparison = Comparison with { Sequential = Comparison.Sequential! with { Measures = Comparison.Sequential.Measures.SetItem((int)evidence.Measure, evidence) } },
        };
    }
}
