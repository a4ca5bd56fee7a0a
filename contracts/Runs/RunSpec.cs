using System.Collections.Immutable;

namespace RailCluster.Contracts;

/// <summary>What a run is judged on; fixed when the run starts.</summary>
/// <param name="Baseline">The model that checkpoints are compared with.</param>
/// <param name="SuiteHash">A suite that the cluster holds (<see cref="ISuiteGrain"/>).</param>
/// <param name="Scorer">Who scores, by name; the cluster adds the version.</param>
/// <param name="Generation">How answers are generated.</param>
/// <param name="Policy">What is tolerated.</param>
[GenerateSerializer, Alias("rail.RunSpec")]
public sealed record RunSpec(
    ModelReference Baseline,
    string SuiteHash,
    string Scorer,
    GenerationSettings Generation,
    Policy Policy)
{
    /// <summary>How thoroughly answers are scored.</summary>
    [Id(0)]
    public ScoringMode Mode { get; init; } = ScoringMode.Basic;

    /// <summary>The dimensions scored, in enum order.</summary>
    [Id(1)]
    public ImmutableArray<Dimension> Dimensions { get; init; } = Contracts.Dimensions.All;

    /// <summary>Prompts a shard.</summary>
    [Id(2)]
    public int ShardSize { get; init; } = 32;

    /// <summary>The field that answers are from.</summary>
    [Id(3)]
    public ScoringDomain Domain { get; init; }

    /// <summary>What answers are for.</summary>
    [Id(4)]
    public UseCase UseCase { get; init; }

    /// <summary>The most repetitions of a baseline that a run may ask for.</summary>
    public const int MostRepeats = 20;

    /// <summary>The most prompts of a checkpoint that a run may ask to be explained for being the worst.</summary>
    public const int MostDeep = 100_000;

    /// <summary>How often the baseline is generated and scored, to learn how much its means waver; 1 for once, and the noise is then not known.</summary>
    [Id(5)]
    public int Repeats { get; init; } = 1;

    /// <summary>The worst prompts of every checkpoint that are scored again in deep mode, beside those that lost more than is tolerated; 0 for none of either, and a
    /// number no smaller than the suite for all of it.</summary>
    [Id(6)]
    public int DeepWorst { get; init; }

    /// <summary>The root aligned model, compared beside the baseline so that small losses cannot add up from release to release; null for none.</summary>
    [Id(7)]
    public ModelReference? Anchor { get; init; }

    /// <summary>What a search for the suite's prompts in the training data found; null where nobody searched.</summary>
    [Id(8)]
    public SuiteOverlap? Overlap { get; init; }

    /// <summary>The trainer's own figures of the baseline, which those of checkpoints are compared with by name.</summary>
    [Id(9)]
    public ImmutableArray<TaskMetric> BaselineTasks { get; init; } = [];
}
