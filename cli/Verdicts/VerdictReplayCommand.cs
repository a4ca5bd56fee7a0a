using System.CommandLine;
using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary><c>rail verdict replay</c>: 0 where this build draws the same verdict from the bundle's scores, 3 where another, 2 where the bundle was changed.</summary>
internal static class VerdictReplayCommand
{
    private const int Shown = 40;
    private const int LongestLine = 500;

    public static Command Create(Terminal terminal)
    {
        var bundle = VerdictCommand.Bundle();
        var format = CommandExtensions.Format();
        return new Command("replay", "Checks a bundle and draws its verdict again from the stored scores: 0 identical, 3 where it differs. Example: rail verdict replay out/verdict")
        {
            bundle, format,
        }.Does(terminal, async (parsed, _) =>
        {
            var replay = BundleReplay.Of(parsed.GetValue(bundle)!);
            if (parsed.GetValue(format) == "json") await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(Json(replay), RailJson.Indented));
            else await WriteAsync(terminal.Out, replay);
            return replay.Differences.IsEmpty ? ExitCodes.Done : ExitCodes.Inconclusive;
        });
    }

    private static async Task WriteAsync(TextWriter output, BundleReplay replay)
    {
        var headline = SafeText.Line(replay.Bundle.Manifest.Headline, LongestLine);
        if (replay.Differences.IsEmpty)
        {
            await output.WriteLineAsync($"identical: {headline}");
            return;
        }

        await output.WriteLineAsync($"differs in {replay.Differences.Length} fields from what this build draws; the bundle says: {headline}");
        foreach (var difference in replay.Differences.Take(Shown)) await output.WriteLineAsync($"  {SafeText.Line(difference.ToString(), LongestLine)}");
        if (replay.Differences.Length > Shown) await output.WriteLineAsync($"  and {replay.Differences.Length - Shown} more (--format json has all)");
        var tools = string.Join(", ", replay.Bundle.Manifest.Tools.Select(tool => $"{SafeText.Line(tool.Key, 40)} {SafeText.Line(tool.Value, 60)}"));
        await output.WriteLineAsync($"  written by {tools}");
    }

    private static ReplayJson Json(BundleReplay replay) => new(
        replay.Differences.IsEmpty, replay.Bundle.Manifest.Outcome, replay.Judged.Verdict.Outcome, [.. replay.Differences]);

    private sealed record ReplayJson(bool Identical, VerdictOutcome Stored, VerdictOutcome Replayed, FieldDifference[] Differences);
}
