using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>What stands in a bundle on a verdict; the same verdict gives the same bytes.</summary>
internal static class BundleContent
{
    /// <summary>All files but the evaluations and the manifest, by name.</summary>
    public static ImmutableSortedDictionary<string, byte[]> Texts(JudgedEvaluations judged)
    {
        var report = judged.Report();
        return ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal)
            .Add(BundleNames.Verdict, Json(judged.Document()))
            .Add(BundleNames.Facts, Json(judged.Input.Facts))
            .Add(BundleNames.Policy, Encoding.UTF8.GetBytes(PolicyFile.Write(judged.Input.Policy)))
            .Add(BundleNames.JUnit, Encoding.UTF8.GetBytes(JUnitReport.Render(report, judged.Input.Checkpoint.Manifest.SuiteHeader.Name)))
            .Add(BundleNames.Summary, Encoding.UTF8.GetBytes(MarkdownSummary.Render(report)))
            .Add(BundleNames.Report, Encoding.UTF8.GetBytes(HtmlReport.Render(report)));
    }

    /// <summary>The manifest.</summary>
    public static BundleManifest Manifest(JudgedEvaluations judged, ImmutableArray<BundleFile> files) => new(
        BundleManifest.CurrentVersion,
        BundleManifest.BundleKind,
        judged.Verdict.Outcome,
        judged.Verdict.Headline,
        BundleSide.Of(judged.Input.Baseline.Manifest),
        BundleSide.Of(judged.Input.Checkpoint.Manifest),
        judged.Input.Anchor is { } anchor ? BundleSide.Of(anchor.Manifest) : null,
        judged.Comparison.SuiteHash,
        judged.Verdict.PolicyHash,
        judged.Input.Checkpoint.Manifest.Stopped?.Alpha ?? judged.Input.Policy.Alpha,
        Tools(),
        files);

    /// <summary>A record as it rests in a bundle.</summary>
    public static byte[] Json<T>(T content) => [.. JsonSerializer.SerializeToUtf8Bytes(content, RailJson.Indented), (byte)'\n'];

    private static ImmutableSortedDictionary<string, string> Tools() => ImmutableSortedDictionary<string, string>.Empty
        .Add("rail", typeof(BundleContent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
        .Add("dotnet", Environment.Version.ToString());
}
