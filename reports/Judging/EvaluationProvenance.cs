using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>What a verdict on two evaluations rests on, for a reader.</summary>
internal static class EvaluationProvenance
{
    public static ImmutableArray<Provenance> Of(JudgementInput input)
    {
        var (baseline, manifest) = (input.Baseline, input.Checkpoint.Manifest);
        var suite = manifest.SuiteHeader;
        var blind = EvaluationMatch.Blind(input.Sides.Select(side => side.Manifest));
        return
        [
            new Provenance("suite", Join(suite.Name, suite.Source, suite.Licence)),
            new Provenance("suite hash", manifest.SuiteHash),
            new Provenance("scorer", $"{manifest.Scoring.Scorer}, mode {manifest.Scoring.Mode.ToString().ToLowerInvariant()}"),
            new Provenance("scorer blind to", (baseline.Manifest.NotExamined ?? manifest.NotExamined) is { } unknown ? $"everything, as it was {unknown}" : blind.IsEmpty ? "nothing" : ScorerFacts.Controls(blind, manifest.Controls)),
            .. Controls(manifest),
            new Provenance("generation", manifest.Generation is { } generation ? Text(generation) : "answers were given as a file"),
            .. Side("baseline", baseline.Manifest),
            .. Side("checkpoint", manifest),
            .. Ended(manifest),
            .. input.Anchor is { } anchor ? Side("anchor", anchor.Manifest) : [],
        ];
    }

    private static IEnumerable<Provenance> Controls(EvaluationManifest manifest)
    {
        if (!manifest.Controls.IsEmpty)
            yield return new Provenance("control pairs ranked rightly", ScorerFacts.Controls(manifest.Controls.Keys, manifest.Controls));
    }

    private static IEnumerable<Provenance> Ended(EvaluationManifest manifest)
    {
        if (manifest.Stopped is { } stopped)
            yield return new Provenance("ended early", FormattableString.Invariant($"after {stopped.Read} of {stopped.Total} prompts, at an error rate of {stopped.Alpha:0.######}"));
    }

    private static IEnumerable<Provenance> Side(string side, EvaluationManifest manifest)
    {
        if (manifest.Endpoint is { } endpoint)
            yield return new Provenance($"{side} endpoint", $"{endpoint.ModelName} at {endpoint.Url}; its weights are not proved: the fingerprint is {endpoint.Fingerprint}");
        if (manifest.Model is { } model)
            yield return new Provenance($"{side} model", $"{manifest.Name}, fingerprint {model.Fingerprint}, {model.Engine.ExecutionProvider} {model.Engine.Precision}");
        yield return new Provenance($"{side} results", $"SHA-256 {manifest.ResultsHash}");
    }

    private static string Text(GenerationSettings settings) => FormattableString.Invariant(
        $"{(settings.Temperature == 0 ? "greedy" : $"temperature {settings.Temperature}, seed {settings.Seed}")}, at most {settings.MaxNewTokens} new tokens{(settings.Raw ? ", raw prompts" : "")}");

    private static string Join(params string?[] parts) => string.Join(", ", parts.Where(part => !string.IsNullOrWhiteSpace(part)));
}
