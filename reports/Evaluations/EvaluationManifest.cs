using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>What an evaluation was made of.</summary>
/// <param name="Version">Of the format; now 2.</param>
/// <param name="Name">A name for people, such as the model folder's.</param>
/// <param name="Model">What was evaluated; absent where answers were given as a file.</param>
/// <param name="SuiteHash">The suite.</param>
/// <param name="SuiteHeader">Where the suite comes from.</param>
/// <param name="Prompts">Prompts in the suite.</param>
/// <param name="Generation">How answers were generated; absent where they were given as a file.</param>
/// <param name="Scoring">How they were scored.</param>
/// <param name="Blind">Dimensions that the scorer cannot judge, by the positive controls.</param>
/// <param name="ResultsHash">SHA-256 of <c>results.jsonl</c>.</param>
public sealed record EvaluationManifest(
    int Version,
    string Name,
    ModelInspection? Model,
    string SuiteHash,
    SuiteHeader SuiteHeader,
    int Prompts,
    GenerationSettings? Generation,
    ScoringSettings Scoring,
    ImmutableArray<Dimension> Blind,
    string ResultsHash)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Whether another evaluation would give the same scores. Of an older evaluation: a scorer that asks a service was looked at by golden answers.</summary>
    public bool IsRepeatable() => Repeatable ?? (SentinelsHash is null && Endpoint is null && Generation is not { Temperature: > 0 });

    /// <summary>How many control pairs of how many the scorer ranked rightly; below 80 % it is blind to the dimension. Empty in older evaluations.</summary>
    public ImmutableSortedDictionary<Dimension, ControlShare> Controls { get; init; } = ImmutableSortedDictionary<Dimension, ControlShare>.Empty;

    /// <summary>How the scorer stood on its golden answers before and after; empty where it was not looked at.</summary>
    public ImmutableArray<SentinelReading> Sentinels { get; init; } = [];

    /// <summary>What it made of them each time: readings of two evaluations are compared by these, because references may differ.</summary>
    public ImmutableArray<SentinelScores> SentinelScores { get; init; } = [];

    /// <summary>Which golden answers they were; absent where it was not looked at.</summary>
    public string? SentinelsHash { get; init; }

    /// <summary>Why nobody knows what the scorer can judge, and then it counts as blind to everything; absent where that is known.</summary>
    public string? NotExamined { get; init; }

    /// <summary>How much the means waver when the model is evaluated again, in points or as a share; empty where that was not measured.</summary>
    public ImmutableSortedDictionary<Measure, double> Noise { get; init; } = ImmutableSortedDictionary<Measure, double>.Empty;

    /// <summary>Why that was asked for and is not known, such as a repetition that failed: a Pass does not rest on it then. Absent where it is known or nobody asked.</summary>
    public string? NoiseUnknown { get; init; }

    /// <summary>The canaries of the model; absent where answers were given as a file.</summary>
    public CanaryReport? Canaries { get; init; }

    /// <summary>The server that answered; absent where a model folder did.</summary>
    public EvaluatedEndpoint? Endpoint { get; init; }

    /// <summary>
    /// Whether another evaluation would give the same scores: the answers were given, or a model folder gave them at temperature 0, and the scorer asks
    /// no service. Absent in older evaluations.
    /// </summary>
    public bool? Repeatable { get; init; }

    /// <summary>Where it ended before the whole suite was asked, and by which rule; absent where all of it was asked.</summary>
    public EvaluationStop? Stopped { get; init; }

    /// <summary>Why there are no results; absent where there are.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Versions of what made it, by name.</summary>
    public ImmutableSortedDictionary<string, string> Versions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}

/// <summary>An evaluation that ended as soon as enough was known. The prompts read are the beginning of the suite's pre-committed order.</summary>
/// <param name="Read">Prompts that were asked.</param>
/// <param name="Total">Prompts in the suite.</param>
/// <param name="Rule">Which surety ended it.</param>
/// <param name="Alpha">The error rate that this checkpoint could spend on it.</param>
/// <param name="PolicyHash">The policy by which it was sure.</param>
/// <param name="BaselineResultsHash">SHA-256 of the results that it was compared with.</param>
public sealed record EvaluationStop(int Read, int Total, EarlyStop Rule, double Alpha, string PolicyHash, string BaselineResultsHash);

/// <summary>A server whose answers were evaluated.</summary>
/// <param name="Url">Its address, without credentials.</param>
/// <param name="ModelName">The model's name there.</param>
/// <param name="Fingerprint">What the model's fingerprint stands for: <see cref="SelfDeclared"/>.</param>
public sealed record EvaluatedEndpoint(string Url, string ModelName, string Fingerprint)
{
    /// <summary>The fingerprint is a hash of the address, the name and the server's word: it proves nothing about weights.</summary>
    public const string SelfDeclared = "self-declared";
}
