using Microsoft.Extensions.AI;
using OpenAI.Chat;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using Said = Microsoft.Extensions.AI.ChatMessage;

namespace RailCluster.Generation;

/// <summary>Puts settings and prompts into the words of a chat completion. What a server cannot honour is refused by name, never left out.</summary>
internal static class EndpointRequests
{
    private const double HottestTemperature = 2;
    private const int MostStopStrings = 4;

    /// <summary>Refuses settings that this server would pass over.</summary>
    /// <exception cref="RailInputException">One or more; all are named.</exception>
    public static void Require(GenerationSettings settings, EndpointProfile profile)
    {
        SettingsCheck.Require(settings);
        var faults = new List<string>();
        void Refuse(bool wanted, string setting, string why)
        {
            if (wanted)
                faults.Add($"{setting} ({why})");
        }

        const string extras = "only vLLM and SGLang take it, and this server does not say that it is one";
        Refuse(settings.Raw, "raw prompts", "a server applies its own chat template");
        Refuse(settings.NoRepeatNgram != 0, "no-repeat n-gram", "no server takes it");
        Refuse(settings.TopK != 0 && !profile.TakesExtras, "top-k", extras);
        Refuse(settings.RepetitionPenalty != 1 && !profile.TakesExtras, "repetition penalty", extras);
        Refuse(settings.MinNewTokens != 0 && !profile.TakesExtras, "min new tokens", extras);
        Refuse(settings.Temperature > HottestTemperature, FormattableString.Invariant($"temperature {settings.Temperature}"), "servers take 0 to 2");
        Refuse(settings.StopStrings.Length > MostStopStrings, $"{settings.StopStrings.Length} stop strings", $"servers take {MostStopStrings}");
        if (faults.Count > 0)
            throw new RailInputException($"an endpoint cannot honour {string.Join("; ", faults)}; leave that out, or evaluate the model's folder");
    }

    /// <summary>The conversation to send, or why there is none.</summary>
    public static (IReadOnlyList<Said> Messages, string? Refusal) Messages(PromptInput input) => input switch
    {
        PromptInput.Text text => ([new Said(ChatRole.User, text.Content)], null),
        PromptInput.Chat { Messages.IsDefaultOrEmpty: true } => ([], "the conversation has no messages"),
        PromptInput.Chat chat when chat.Messages.FirstOrDefault(message => RoleOf(message.Role) is null) is { } strange =>
            ([], $"the role '{SafeText.Line(strange.Role, 40)}' is none of system, user and assistant"),
        PromptInput.Chat chat => ([.. chat.Messages.Select(message => new Said(RoleOf(message.Role)!.Value, message.Content))], null),
        PromptInput.Tokens => ([], "an endpoint takes texts and conversations, not token ids"),
        _ => throw new InvalidOperationException($"unknown input {input.GetType().Name}"),
    };

    /// <summary>The settings of one request. The seed is a function of the run's seed and the prompt's id; greedy requests send none.</summary>
    public static ChatOptions Options(string promptId, GenerationSettings settings, EndpointGeneratorOptions options, EndpointProfile profile) => new()
    {
        Temperature = (float)settings.Temperature,
        // Greedy answers do not depend on it, and TGI refuses 1. Where answers are drawn it is always said: servers have defaults of their own.
        TopP = settings.Temperature > 0 ? (float)settings.TopP : null,
        Seed = settings.Temperature > 0 ? Seed(settings.Seed, promptId) : null,
        StopSequences = settings.StopStrings.IsEmpty ? null : [.. settings.StopStrings],
        MaxOutputTokens = options.Address.IsHosted ? settings.MaxNewTokens : null,
        RawRepresentationFactory = _ => Raw(settings, options, profile),
    };

    /// <summary>31 bits, which every server takes.</summary>
    internal static long Seed(long seed, string promptId) => (long)(Draw.Uniform(seed, promptId, 0) * int.MaxValue);

    // Servers other than OpenAI's own all take max_tokens, and pass over max_completion_tokens where they are older. vLLM fills in what is
    // missing from the model's generation_config.json, so even settings that change nothing are sent.
    private static ChatCompletionOptions Raw(GenerationSettings settings, EndpointGeneratorOptions options, EndpointProfile profile)
    {
        var raw = new ChatCompletionOptions();
        // Experimental, and the library's only way to send fields that OpenAI does not have; tests read what goes over the wire.
#pragma warning disable SCME0001
        if (!options.Address.IsHosted)
            raw.Patch.Set("$.max_tokens"u8, settings.MaxNewTokens);
        if (profile.TakesExtras)
        {
            raw.Patch.Set("$.top_k"u8, settings.TopK == 0 ? -1 : settings.TopK);
            raw.Patch.Set("$.repetition_penalty"u8, settings.RepetitionPenalty);
            raw.Patch.Set("$.min_tokens"u8, settings.MinNewTokens);
        }
#pragma warning restore SCME0001
        return raw;
    }

    private static ChatRole? RoleOf(string role) => role switch
    {
        "system" => ChatRole.System,
        "user" => ChatRole.User,
        "assistant" => ChatRole.Assistant,
        _ => null,
    };
}
