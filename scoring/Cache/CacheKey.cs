using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Scoring;

/// <summary>
/// All that a score may depend on. Ids, categories, tags and groups of prompts are no part of it, and the scorer behind the cache does not see them
/// either; it is told the prompt's id to name it in errors.
/// </summary>
internal sealed record CacheKey(
    int Version,
    string Answer,
    FinishReason? Finish,
    PromptInput Prompt,
    ExpectedBehaviour Expected,
    ImmutableArray<Dimension> Dimensions,
    ScoringMode Mode,
    ScoringDomain Domain,
    UseCase UseCase,
    int Repetition)
{
    private const int CurrentVersion = 1;
    private const string NoCategory = "uncategorised";

    public static string Of(ScoreRequest request) => CanonicalHash.Of(new CacheKey(
        CurrentVersion,
        request.Answer,
        request.Finish,
        request.Prompt.Input,
        request.Prompt.Expected,
        request.Dimensions,
        request.Mode,
        request.Domain,
        request.UseCase,
        request.Repetition));

    /// <summary>The request with nothing in it that the key leaves out.</summary>
    public static ScoreRequest Bare(ScoreRequest request) => request with
    {
        Prompt = new SuitePrompt(request.Prompt.Id, request.Prompt.Input, NoCategory, request.Prompt.Expected, request.Dimensions),
    };
}
