using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>
/// A model's chat template: Jinja as chat templates use it, rendered as Hugging Face's tokenizers render it, apart from the date, which is
/// always the same. What is not supported is refused by name and place. Safe to share between threads.
/// </summary>
public sealed class ChatTemplate
{
    private readonly List<TemplateStatement> _body;
    private readonly ImmutableArray<(string Name, object Value)> _tokens;

    private ChatTemplate(List<TemplateStatement> body, string origin, ImmutableArray<(string Name, object Value)> tokens) =>
        (_body, Origin, _tokens) = (body, origin, tokens);

    /// <summary>The file that it came from.</summary>
    public string Origin { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="origin">The file that it came from.</param>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    public static ChatTemplate Parse(string source, string origin) => new(TemplateParser.Parse(source), origin, []);

    /// <summary>
    /// The template of a model folder: <c>chat_template.jinja</c>, else the text in <c>tokenizer_config.json</c>, or the one there that is
    /// named <c>default</c>, else the text in <c>chat_template.json</c>; null where there is none.
    /// </summary>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or holds several templates and none is the default.</exception>
    public static ChatTemplate? Load(string folder) => TemplateFiles.Find(folder) is var (source, origin)
        ? new ChatTemplate(TemplateParser.Parse(source), origin, TemplateFiles.SpecialTokens(folder))
        : null;

    /// <summary>The text that asks the model for the next message of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="bosText">What <c>bos_token</c> stands for; null where there is none, which leaves it undefined.</param>
    /// <param name="eosText">What <c>eos_token</c> stands for; null where there is none, which leaves it undefined.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, or goes beyond its limits.</exception>
    public string Render(ImmutableArray<ChatMessage> messages, string? bosText, string? eosText)
    {
        var scope = new TemplateScope();
        foreach ((string name, object value) in _tokens)
            scope.Set(name, value);
        if (bosText is not null)
            scope.Set("bos_token", bosText);
        if (eosText is not null)
            scope.Set("eos_token", eosText);
        scope.Set("messages", new TemplateList([.. messages.Select(message => TemplateMapping.Of(("role", message.Role), ("content", message.Content)))]));
        scope.Set("tools", null);
        scope.Set("documents", null);
        scope.Set("add_generation_prompt", true);
        TemplateStatement.RunAll(_body, scope);
        return scope.Output;
    }
}
