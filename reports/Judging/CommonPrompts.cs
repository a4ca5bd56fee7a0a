using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>The prompts on which two evaluations are compared.</summary>
/// <param name="Suite">The suite of both; of two suites what they share, in the checkpoint's order.</param>
/// <param name="Mismatches">What differs and was allowed to.</param>
internal sealed record CommonPrompts(Suite Suite, ImmutableArray<string> Mismatches)
{
    /// <summary>Finds them.</summary>
    /// <exception cref="RailInputException">The evaluations differ where they may not, or have no prompt in common.</exception>
    public static CommonPrompts Of(StoredEvaluation baseline, StoredEvaluation checkpoint, bool allowMismatch)
    {
        if (!allowMismatch) EvaluationMatch.Check(baseline, checkpoint);
        var mismatches = EvaluationMatch.Differences(baseline, checkpoint);
        if (baseline.Manifest.SuiteHash == checkpoint.Manifest.SuiteHash) return new CommonPrompts(checkpoint.Suite, mismatches);
        if (checkpoint.Manifest.Stopped is not null)
            throw new RailInputException($"{checkpoint.Folder}: was ended early, and only the whole of another suite can be compared; evaluate it without --early-stop");
        var suite = Shared(baseline.Suite, checkpoint.Suite);
        return suite.Prompts.Length > 0
            ? new CommonPrompts(suite, [.. mismatches, $"compared on the {suite.Prompts.Length} prompts that both have, of {baseline.Suite.Prompts.Length} and {checkpoint.Suite.Prompts.Length}"])
            : throw new RailInputException($"{baseline.Folder} and {checkpoint.Folder} have no prompt in common: none of {checkpoint.Suite.Prompts.Length} has the same id and content in both; compare evaluations of one suite");
    }

    // A name is not a prompt: what was asked, what is expected and what it exercises must be the same as well.
    private static Suite Shared(Suite baseline, Suite checkpoint)
    {
        var known = baseline.Prompts.ToDictionary(prompt => prompt.Id, Content, StringComparer.Ordinal);
        return SuiteIdentity.Create(
            checkpoint.Header,
            [.. checkpoint.Prompts.Where(prompt => known.TryGetValue(prompt.Id, out var content) && content == Content(prompt))]);
    }

    private static string Content(SuitePrompt prompt) => CanonicalHash.Of(prompt with { Rationale = null });
}
