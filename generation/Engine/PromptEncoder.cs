using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Turns what is asked into the tokens that the model sees.</summary>
/// <param name="tokenizer">The model's tokenizer.</param>
/// <param name="template">The model's chat template; null where it has none.</param>
internal sealed class PromptEncoder(ModelTokenizer tokenizer, ChatTemplate? template)
{
    /// <summary>The tokens of a prompt.</summary>
    /// <exception cref="TemplateException">The template refuses the conversation, or there is none to render it with.</exception>
    public int[] Encode(PromptInput input, bool raw) => input switch
    {
        PromptInput.Tokens tokens => [.. tokens.Ids],
        PromptInput.Text text => raw || template is null ? Plain(text.Content, raw) : Rendered([new ChatMessage("user", text.Content)], template),
        PromptInput.Chat chat => raw || template is null ? Plain(OnlyMessage(chat, raw), raw) : Rendered(chat.Messages, template),
        _ => throw new ArgumentException($"A prompt of the kind {input.GetType().Name} is not known.", nameof(input)),
    };

    private int[] Plain(string text, bool raw) => tokenizer.Encode(text, addSpecialTokens: !raw);

    private int[] Rendered(ImmutableArray<ChatMessage> messages, ChatTemplate chat)
    {
        int[] ids = tokenizer.Encode(chat.Render(messages, tokenizer.BosText, tokenizer.EosText), addSpecialTokens: false);
        // Most templates write BOS themselves; it stands once either way.
        return tokenizer is { AddsBos: true, BosId: { } bos } && (ids.Length == 0 || ids[0] != bos) ? [bos, .. ids] : ids;
    }

    private static string OnlyMessage(PromptInput.Chat chat, bool raw) => chat.Messages is [{ Role: "user" } only]
        ? only.Content
        : throw new TemplateException(raw
            ? "a conversation of several messages needs the chat template, and raw prompts use none"
            : "a conversation of several messages needs a chat template, and the model folder has none");
}
