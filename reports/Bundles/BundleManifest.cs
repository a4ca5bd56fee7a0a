using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>What a verdict bundle is and holds: <c>bundle.json</c>. A signature is over its exact bytes.</summary>
/// <param name="Version">Of the format; now 1.</param>
/// <param name="Kind"><see cref="BundleKind"/>.</param>
/// <param name="Outcome">The verdict's.</param>
/// <param name="Headline">The verdict's.</param>
/// <param name="Baseline">What was compared with.</param>
/// <param name="Checkpoint">What was judged.</param>
/// <param name="Anchor">The root model; absent where there is none.</param>
/// <param name="SuiteHash">The suite that the verdict is on.</param>
/// <param name="PolicyHash">The policy that it was judged by.</param>
/// <param name="Alpha">How often the verdict may be wrong.</param>
/// <param name="Tools">Versions of what wrote it, by name.</param>
/// <param name="Files">Every other file, in ordinal order of their names.</param>
public sealed record BundleManifest(
    int Version,
    string Kind,
    VerdictOutcome Outcome,
    string Headline,
    BundleSide Baseline,
    BundleSide Checkpoint,
    BundleSide? Anchor,
    string SuiteHash,
    string PolicyHash,
    double Alpha,
    ImmutableSortedDictionary<string, string> Tools,
    ImmutableArray<BundleFile> Files)
{
    /// <summary>The version written by this build.</summary>
    public const int CurrentVersion = 1;

    /// <summary>What tells a bundle's manifest from any other file.</summary>
    public const string BundleKind = "rail-verdict-bundle";
}

/// <summary>One evaluation of a bundle.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Fingerprint">The model's; absent where answers were given as a file, or a server gave them.</param>
/// <param name="Endpoint">The server that answered; absent where none did.</param>
/// <param name="Engine">What ran the model; absent where nothing did.</param>
/// <param name="SuiteHash">Its suite.</param>
/// <param name="Suite">The suite's name for people.</param>
/// <param name="SuiteSeed">Seed of the order in which prompts are asked.</param>
/// <param name="Generation">How answers were generated, its seed among it; absent where they were given.</param>
/// <param name="Scoring">How they were scored, and by which version of which scorer.</param>
/// <param name="Stopped">Where it ended early; absent where the whole suite was asked.</param>
/// <param name="ResultsHash">SHA-256 of its results.</param>
/// <param name="Versions">Versions of what made it, by name.</param>
public sealed record BundleSide(
    string Name,
    string? Fingerprint,
    EvaluatedEndpoint? Endpoint,
    EngineIdentity? Engine,
    string SuiteHash,
    string Suite,
    long SuiteSeed,
    GenerationSettings? Generation,
    ScoringSettings Scoring,
    EvaluationStop? Stopped,
    string ResultsHash,
    ImmutableSortedDictionary<string, string> Versions)
{
    /// <summary>What a bundle says of an evaluation.</summary>
    public static BundleSide Of(EvaluationManifest manifest) => new(
        manifest.Name,
        manifest.Endpoint is null ? manifest.Model?.Fingerprint.Hash : null,
        manifest.Endpoint,
        manifest.Model?.Engine,
        manifest.SuiteHash,
        manifest.SuiteHeader.Name,
        manifest.SuiteHeader.Seed,
        manifest.Generation,
        manifest.Scoring,
        manifest.Stopped,
        manifest.ResultsHash,
        manifest.Versions);
}

/// <summary>One file of a bundle.</summary>
/// <param name="Name">Relative to the bundle, with <c>/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed record BundleFile(string Name, long Size, string Sha256);
