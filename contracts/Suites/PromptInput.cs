using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RailCluster.Contracts;

/// <summary>One message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Content">The text.</param>
[GenerateSerializer, Alias("rail.ChatMessage")]
public sealed record ChatMessage(string Role, string Content);

/// <summary>What is put to the model: a text, a conversation, or token ids.</summary>
[GenerateSerializer, Alias("rail.PromptInput")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Chat), "chat")]
[JsonDerivedType(typeof(Tokens), "tokens")]
public abstract record PromptInput
{
    private PromptInput()
    {
    }

    /// <summary>A single user message.</summary>
    [GenerateSerializer, Alias("rail.PromptInput.Text")]
    public sealed record Text(string Content) : PromptInput;

    /// <summary>A conversation; its last message is the one to answer.</summary>
    [GenerateSerializer, Alias("rail.PromptInput.Chat")]
    public sealed record Chat(ImmutableArray<ChatMessage> Messages) : PromptInput;

    /// <summary>Token ids given to the model as they are: no template, no special tokens.</summary>
    [GenerateSerializer, Alias("rail.PromptInput.Tokens")]
    public sealed record Tokens(ImmutableArray<int> Ids) : PromptInput;

    /// <summary>The words a scorer and a reader see: the text, or the last user message. Empty for token ids.</summary>
    public string Display() => this switch
    {
        Text text => text.Content,
        Chat chat => chat.Messages.LastOrDefault(m => m.Role == "user")?.Content ?? "",
        _ => "",
    };
}
