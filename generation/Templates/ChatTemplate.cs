using System.Collections.Immutable;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>
/// A model's chat template: the part of Jinja that plain templates use (text, output, if, for, set, namespaces, comparison, concatenation,
/// slices, trim and length, raise_exception). Anything else is refused when it is read, by name and place. Safe to share between threads.
/// </summary>
public sealed class ChatTemplate
{
    private readonly List<TemplateStatement> _body;

    private ChatTemplate(List<TemplateStatement> body, string origin) => (_body, Origin) = (body, origin);

    /// <summary>The file that it came from.</summary>
    public string Origin { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="source">Its text.</param>
    /// <param name="origin">The file that it came from.</param>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    public static ChatTemplate Parse(string source, string origin) => new(TemplateParser.Parse(source), origin);

    /// <summary>The template of a model folder: <c>chat_template.jinja</c>, else the text in <c>tokenizer_config.json</c>; null where there is neither.</summary>
    /// <exception cref="TemplateException">It is malformed, or uses what is not supported.</exception>
    /// <exception cref="InvalidDataException">tokenizer_config.json is damaged, or holds several templates.</exception>
    public static ChatTemplate? Load(string folder)
    {
        string own = Path.Combine(folder, "chat_template.jinja");
        if (File.Exists(own))
            return Parse(File.ReadAllText(own), "chat_template.jinja");
        string config = Path.Combine(folder, "tokenizer_config.json");
        if (!File.Exists(config))
            return null;
        using JsonDocument document = JsonFiles.ReadObject(config);
        return JsonFiles.Value(document.RootElement, "chat_template") switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => Parse(text.GetString()!, "tokenizer_config.json"),
            _ => throw new InvalidDataException("tokenizer_config.json has a chat_template that is no single text: put the one to use into chat_template.jinja"),
        };
    }

    /// <summary>The text that asks the model for the next message of a conversation.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="bosText">What <c>bos_token</c> stands for.</param>
    /// <param name="eosText">What <c>eos_token</c> stands for.</param>
    /// <exception cref="TemplateException">The template refuses the conversation, or goes beyond its limits.</exception>
    public string Render(ImmutableArray<ChatMessage> messages, string bosText, string eosText)
    {
        var scope = new TemplateScope();
        scope.Set("messages", messages.Select(message => (object?)new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["role"] = message.Role,
            ["content"] = message.Content,
        }).ToList());
        scope.Set("bos_token", bosText);
        scope.Set("eos_token", eosText);
        scope.Set("add_generation_prompt", true);
        foreach (TemplateStatement statement in _body)
            statement.Run(scope);
        return scope.Output;
    }
}
