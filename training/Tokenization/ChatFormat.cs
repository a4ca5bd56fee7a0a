namespace RailCluster.Training;

/// <summary>The chat format in its two spellings: the Jinja template that is published and the ids that training uses.</summary>
public static class ChatFormat
{
    /// <summary>The published template. It writes the beginning-of-sequence token itself, once.</summary>
    public const string Template =
        "{{ bos_token }}{% for message in messages %}"
        + "{% if message['role'] == 'user' %}{{ '<|user|>' + message['content'] + '<|end|>' }}"
        + "{% elif message['role'] == 'assistant' %}{{ '<|assistant|>' + message['content'] + '<|end|>' }}"
        + "{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}";

    /// <summary>What the template renders for one user message, up to where the answer begins.</summary>
    public static string RenderPrompt(string prompt) =>
        SpecialTokens.Bos + SpecialTokens.User + prompt + SpecialTokens.End + SpecialTokens.Assistant;

    /// <summary>Ids of a rendered prompt.</summary>
    public static int[] EncodePrompt(BpeTokenizer tokenizer, string prompt)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.Encode(RenderPrompt(prompt));
    }

    /// <summary>Ids of an answer with the token that ends it.</summary>
    public static int[] EncodeAnswer(BpeTokenizer tokenizer, string answer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.Encode(answer + SpecialTokens.End);
    }
}
