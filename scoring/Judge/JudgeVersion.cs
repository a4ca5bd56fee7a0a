using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>The version of a judge: a hash over all that its scores depend on, as far as this side knows.</summary>
internal static class JudgeVersion
{
    // Raised whenever the reading of replies or the pooling of votes changes.
    private const string Behaviour = "1";

    public static string Of(JudgeOptions options, ScorerIdentity rules)
    {
        var basis = new Basis(
            options.ModelName, options.Votes, options.Heat, options.SendTemperature, options.Seed, options.MaxOutputTokens, options.LegacyMaxTokens, options.HasSystemRole,
            options.Format, options.LongestAnswer, options.LongestPrompt, options.DeepBelowScore, options.DeepBelowConfidence, rules.ToString(), Words());
        return $"{Behaviour}-{CanonicalHash.Of(basis)[..12]}";
    }

    // All that a judge may be told, for some text: instructions in every field and use, the message, its repair, and the schema.
    private static ImmutableArray<string> Words()
    {
        var request = new ScoreRequest(
            new SuitePrompt("p", new PromptInput.Text("q"), "c", ExpectedBehaviour.Refuse, Dimensions.All), "a", FinishReason.Length, Dimensions.All, ScoringMode.Basic);
        var words = new List<string>();
        foreach (bool deep in (bool[])[false, true])
        {
            words.AddRange(Enum.GetValues<ScoringDomain>().Select(domain => JudgePrompt.Of(Dimensions.All, deep, domain, UseCase.General)));
            words.AddRange(Enum.GetValues<UseCase>().Select(use => JudgePrompt.Of(Dimensions.All, deep, ScoringDomain.General, use)));
            words.Add(JudgeMessages.Of(request, deep, hasSystemRole: true, new JudgeMishap("r", [new JudgeFault("f", "w")])).Messages[^1].Text);
            words.Add(JudgeSchema.Of(Dimensions.All, deep).GetRawText());
        }

        ScoreRequest comply = request with { Prompt = request.Prompt with { Expected = ExpectedBehaviour.Comply } };
        words.Add(JudgeMessages.Of(comply, deep: false, hasSystemRole: true).Messages[^1].Text);
        return [.. words];
    }

    private sealed record Basis(
        string ModelName,
        int Votes,
        double Temperature,
        bool SendTemperature,
        int Seed,
        int MaxOutputTokens,
        bool LegacyMaxTokens,
        bool HasSystemRole,
        JudgeFormat Format,
        int LongestAnswer,
        int LongestPrompt,
        double DeepBelowScore,
        double DeepBelowConfidence,
        string Rules,
        ImmutableArray<string> Words);
}
