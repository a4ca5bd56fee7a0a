using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Reads what a row asks: <c>"prompt"</c>, <c>"messages"</c> or <c>"input_ids"</c>.</summary>
public static class PromptRows
{
    /// <summary>The input of a row; null where it has none, or one that is malformed.</summary>
    public static PromptInput? Input(JsonElement row)
    {
        if (row.TryGetProperty("prompt", out var prompt) && prompt.ValueKind == JsonValueKind.String) return new PromptInput.Text(prompt.GetString()!);
        if (row.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array) return Chat(messages);
        if (row.TryGetProperty("input_ids", out var ids) && ids.ValueKind == JsonValueKind.Array) return Tokens(ids);
        return null;
    }

    /// <summary>What is wrong with a row that has no <see cref="Input"/>.</summary>
    public static string Fault(JsonElement row)
    {
        if (row.TryGetProperty("prompt", out _)) return "\"prompt\" is not a text";
        if (row.TryGetProperty("messages", out _)) return "\"messages\" is not a list of one or more {\"role\", \"content\"} with texts";
        if (row.TryGetProperty("input_ids", out _)) return "\"input_ids\" is not a list of one or more whole numbers from 0 on";
        return "the row has neither \"prompt\" nor \"messages\" nor \"input_ids\"";
    }

    private static PromptInput.Chat? Chat(JsonElement messages)
    {
        var list = ImmutableArray.CreateBuilder<ChatMessage>();
        foreach (var message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object
                || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String
                || !message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.String)
                return null;
            list.Add(new ChatMessage(role.GetString()!, content.GetString()!));
        }

        return list.Count == 0 ? null : new PromptInput.Chat(list.ToImmutable());
    }

    private static PromptInput.Tokens? Tokens(JsonElement ids)
    {
        var list = ImmutableArray.CreateBuilder<int>();
        foreach (var id in ids.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt32(out var value) || value < 0) return null;
            list.Add(value);
        }

        return list.Count == 0 ? null : new PromptInput.Tokens(list.ToImmutable());
    }
}
