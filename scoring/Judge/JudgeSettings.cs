using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace RailCluster.Scoring;

/// <summary>The settings of one call.</summary>
internal static class JudgeSettings
{
    /// <summary>In the words of Microsoft.Extensions.AI; what OpenAI's own library lacks goes as its raw options, which other clients pass over.</summary>
    public static ChatOptions Of(JudgeQuestion question, int seed, JudgeOptions options) => new()
    {
        Temperature = options.SendTemperature ? (float)options.Heat : null,
        Seed = seed,
        MaxOutputTokens = options.LegacyMaxTokens ? null : options.MaxOutputTokens,
        ResponseFormat = options.Format switch
        {
            JudgeFormat.Schema => ChatResponseFormat.ForJsonSchema(JudgeSchema.Of(question.Dimensions, question.Deep), "verdict"),
            JudgeFormat.Object => ChatResponseFormat.Json,
            _ => null,
        },
        AdditionalProperties = options.Format == JudgeFormat.Schema ? new AdditionalPropertiesDictionary { ["strict"] = true } : null,
        RawRepresentationFactory = options.LegacyMaxTokens ? _ => Legacy(options.MaxOutputTokens) : null,
    };

    private static ChatCompletionOptions Legacy(int maxTokens)
    {
        var raw = new ChatCompletionOptions();
        // Experimental, and the library's only way to send the older name; tests read what goes over the wire.
#pragma warning disable SCME0001
        raw.Patch.Set("$.max_tokens"u8, maxTokens);
#pragma warning restore SCME0001
        return raw;
    }
}
