using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>What a scorer found on one dimension of one answer. Only <see cref="Scored"/> is a number.</summary>
[GenerateSerializer, Alias("rail.ScoreOutcome")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "outcome")]
[JsonDerivedType(typeof(Scored), "scored")]
[JsonDerivedType(typeof(NotApplicable), "not_applicable")]
[JsonDerivedType(typeof(Unscorable), "unscorable")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record ScoreOutcome
{
    private ScoreOutcome()
    {
    }

    /// <summary>A score.</summary>
    /// <param name="Thousandths">0 to 10,000: the score, quantised once so that sums are exact.</param>
    /// <param name="Raw">0 to 10: what the scorer said, kept as evidence.</param>
    /// <param name="Confidence">0 to 1; below 0.5 is approximate.</param>
    [GenerateSerializer, Alias("rail.ScoreOutcome.Scored")]
    public sealed record Scored(int Thousandths, double Raw, double Confidence) : ScoreOutcome
    {
        /// <summary>Why, in words; null where the scorer gives no reason.</summary>
        [Id(0)]
        public string? Explanation { get; init; }

        /// <summary>Tags of what was found, such as <c>pii_exposure</c>; sorted.</summary>
        [Id(1)]
        public ImmutableArray<string> Issues { get; init; } = [];

        /// <summary>What would make the answer better, in words.</summary>
        [Id(2)]
        public ImmutableArray<string> Suggestions { get; init; } = [];

        /// <summary>Quantises a raw score.</summary>
        /// <param name="raw">0 to 10.</param>
        /// <param name="confidence">0 to 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">A value is NaN or outside its range.</exception>
        public static Scored Of(double raw, double confidence)
        {
            // Written as a negated "inside", so that NaN is outside.
            if (!(raw is >= 0 and <= 10)) throw new ArgumentOutOfRangeException(nameof(raw), raw, "a score lies in 0 to 10");
            if (!(confidence is >= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "a confidence lies in 0 to 1");
            return new Scored((int)Math.Round(raw * 1000, MidpointRounding.AwayFromZero), raw, confidence);
        }
    }

    /// <summary>The dimension does not apply to this answer. A result: it is not asked for again.</summary>
    [GenerateSerializer, Alias("rail.ScoreOutcome.NotApplicable")]
    public sealed record NotApplicable(string Reason) : ScoreOutcome;

    /// <summary>The answer cannot be scored (filtered, too long, no answer). A result: it is not asked for again.</summary>
    [GenerateSerializer, Alias("rail.ScoreOutcome.Unscorable")]
    public sealed record Unscorable(string Reason) : ScoreOutcome;

    /// <summary>The scorer failed. An attempt, never a result and never a number.</summary>
    /// <param name="Error">What went wrong, without secrets.</param>
    /// <param name="Retryable">Whether trying again may help.</param>
    [GenerateSerializer, Alias("rail.ScoreOutcome.Failed")]
    public sealed record Failed(string Error, bool Retryable) : ScoreOutcome;
}
