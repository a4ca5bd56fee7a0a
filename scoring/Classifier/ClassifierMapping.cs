using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>What a classifier's outputs are made of.</summary>
internal enum OutputKind
{
    /// <summary>Logits of which one class is true: shares that sum to 1.</summary>
    Softmax,

    /// <summary>Logits of which each says yes or no.</summary>
    Sigmoid,

    /// <summary>Numbers as they are, of a regression.</summary>
    Linear,
}

/// <summary>How certain a score is said to be.</summary>
/// <param name="Constant">0 to 1; null for the distance of a probability from a toss-up, |2p - 1|.</param>
internal readonly record struct ConfidenceRule(double? Constant);

/// <summary>One dimension's outputs and their scale.</summary>
/// <param name="Indices">Outputs whose probabilities are summed; one, unless for softmax.</param>
/// <param name="Low">The score, 0 to 10, at probability 0 or at the range's low end.</param>
/// <param name="High">The score at probability 1 or at the range's high end.</param>
/// <param name="Range">For <see cref="OutputKind.Linear"/>: the numbers that the output may be.</param>
/// <param name="Clamps">Whether a number outside its range counts as the range's end, not as a failure.</param>
/// <param name="Confidence">How certain the score is said to be.</param>
internal sealed record DimensionOutput(
    ImmutableArray<int> Indices, double Low, double High, (double From, double To)? Range, bool Clamps, ConfidenceRule Confidence);

/// <summary>The output that says whether an answer declines.</summary>
/// <param name="Indices">As of a dimension.</param>
/// <param name="Threshold">It declines above this probability, or number.</param>
internal sealed record RefusalOutput(ImmutableArray<int> Indices, double Threshold);

/// <summary>rail-scorer.json: what goes into a classifier, and what comes out of it.</summary>
internal sealed record ClassifierMapping
{
    public const int CurrentVersion = 1;

    /// <summary>One text, or the two of a pair.</summary>
    public required ImmutableArray<InputTemplate> Input { get; init; }

    /// <summary>Most tokens; null for the classifier's own.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Where what is longer loses tokens; null where it is not scored.</summary>
    public TextCut? Cut { get; init; }

    public required string Output { get; init; }

    public required OutputKind Kind { get; init; }

    /// <summary>Whether answers always go one at a time.</summary>
    public bool OneAtATime { get; init; }

    public required ImmutableSortedDictionary<Dimension, DimensionOutput> Dimensions { get; init; }

    public RefusalOutput? Refused { get; init; }

    /// <summary>Every output that is read.</summary>
    public IEnumerable<int> Indices => Dimensions.Values.SelectMany(output => output.Indices).Concat(Refused?.Indices ?? []);
}
