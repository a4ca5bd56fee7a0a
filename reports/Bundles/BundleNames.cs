using System.Collections.Immutable;

namespace RailCluster.Reports;

/// <summary>The files of a bundle. No other name is ever read or written.</summary>
internal static class BundleNames
{
    public const string Manifest = "bundle.json";
    public const string Signature = "bundle.sig";
    public const string Verdict = "verdict.json";
    public const string Facts = "facts.json";
    public const string Policy = "policy.json";
    public const string JUnit = "junit.xml";
    public const string Summary = "summary.md";
    public const string Report = "report.html";
    public const string Baseline = "baseline";
    public const string Checkpoint = "checkpoint";
    public const string Anchor = "anchor";

    /// <summary>What is drawn from the rest, and can be drawn again.</summary>
    public static ImmutableArray<string> Drawn { get; } = [JUnit, Report, Summary];

    /// <summary>What every bundle has beside its manifest.</summary>
    public static ImmutableArray<string> Required { get; } = [.. Drawn, Facts, Policy, Verdict, .. Of(Baseline), .. Of(Checkpoint)];

    /// <summary>What a bundle may have as well.</summary>
    public static ImmutableArray<string> Optional { get; } = [.. Of(Anchor)];

    /// <summary>The files of one evaluation.</summary>
    public static ImmutableArray<string> Of(string side) => [$"{side}/{EvaluationDirectory.ManifestName}", $"{side}/{EvaluationDirectory.ResultsName}"];
}
