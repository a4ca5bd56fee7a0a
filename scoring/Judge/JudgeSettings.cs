using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatResponseFormat = Microsoft.Extensions.AI.ChatResponseFormat;

namespace RailCluster.Scoring;

/// <summary>The settings of one call.</summary>
internal static class JudgeSettings
{
    private const string Verdict = "verdict";

    /// <summary>In the words of Microsoft.Extensions.AI; what OpenAI's own library lacks goes as its raw options, which other clients pass over.</summary>
    public static ChatOptions Of(JudgeQuestion question, int seed, JudgeOptions options) => new()
    {
        Temperature = options.SendTemperature ? (float)options.Heat : null,
        Seed = seed,
        MaxOutputTokens = options.LegacyMaxTokens ? null : options.MaxOutputTokens,
        ResponseFormat = options.Format switch
        {
            JudgeFormat.Schema => ChatResponseFormat.ForJsonSchema(JudgeSchema.Of(question.Dimensions, question.Deep), Verdict),
            JudgeFormat.Object => ChatResponseFormat.Json,
            _ => null,
        },
        RawRepresentationFactory = _ => Raw(question, options),
    };

    // The library would put a schema's ranges into words, and so they would bind nobody.
    private static ChatCompletionOptions Raw(JudgeQuestion question, JudgeOptions options)
    {
        var raw = new ChatCompletionOptions();
        if (options.Format == JudgeFormat.Schema)
        {
            raw.ResponseFormat = OpenAI.Chat.ChatResponseFormat.CreateJsonSchemaFormat(
                Verdict, BinaryData.FromString(JudgeSchema.Of(question.Dimensions, question.Deep).GetRawText()), jsonSchemaIsStrict: true);
        }

        // Experimental, and the library's only way to send the older name; tests read what goes over the wire.
#pragma warning disable SCME0001
        if (options.LegacyMaxTokens)
            raw.Patch.Set("$.max_tokens"u8, options.MaxOutputTokens);
#pragma warning restore SCME0001
        return raw;
    }
}
