using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

public sealed class TemplateFilesTests : IDisposable
{
    private static readonly ChatMessage[] Question = [new("user", "Hi")];

    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_SeveralFiles_TakesTheTemplateOfItsOwnFile()
    {
        Write("chat_template.json", """{"chat_template":"c"}""");
        Write("tokenizer_config.json", """{"chat_template":"b"}""");
        Assert.Equal(("b", "tokenizer_config.json"), Load());

        Write("chat_template.jinja", "a");
        Assert.Equal(("a", "chat_template.jinja"), Load());
    }

    [Fact]
    public void Load_OnlyTheOldFile_TakesIt()
    {
        Write("tokenizer_config.json", """{"chat_template":null}""");
        Write("chat_template.json", """{"chat_template":"{{ messages[0].content }}"}""");

        Assert.Equal(("Hi", "chat_template.json"), Load());
    }

    [Fact]
    public void Load_NoTemplate_GivesNone()
    {
        Write("tokenizer_config.json", """{"bos_token":"<s>"}""");

        Assert.Null(ChatTemplate.Load(_folder.Path));
    }

    [Fact]
    public void Load_SeveralNamed_TakesTheDefault()
    {
        Write("tokenizer_config.json", """{"chat_template":[{"name":"tool_use","template":"t"},{"name":"default","template":"d"}]}""");

        Assert.Equal(("d", "tokenizer_config.json"), Load());
    }

    [Theory]
    [InlineData("""{"chat_template":[{"name":"tool_use","template":"t"},{"name":"rag","template":"t"}]}""", "the chat templates \"tool_use\", \"rag\" and none named \"default\"")]
    [InlineData("""{"chat_template":5}""", "neither a text nor a list")]
    [InlineData("""{"chat_template":"a""", "is no valid JSON")]
    [InlineData("""{"chat_template":"\ud800"}""", "half a character")]
    public void Load_WhatIsNoTemplate_IsRefusedByName(string config, string expected)
    {
        Write("tokenizer_config.json", config);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => ChatTemplate.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SpecialTokens_AreKnownToTheTemplate()
    {
        Write("chat_template.jinja", "{{ pad_token }}{{ unk_token }}{{ image_token }}{{ additional_special_tokens|join('+') }}{{ sep_token is defined }}{{ bos_token }}{{ eos_token }}");
        Write("tokenizer_config.json", """
            {"pad_token":"<p>","unk_token":{"content":"<u>","lstrip":false},"sep_token":null,"bos_token":"<b>","eos_token":"<e>",
            "additional_special_tokens":["<x>",{"content":"<y>"}],"extra_special_tokens":{"image_token":"<i>"}}
            """);

        Assert.Equal("<p><u><i><x>+<y>False<b></s>", ChatTemplate.Load(_folder.Path)!.Render([.. Question], null, "</s>"));
    }

    public void Dispose() => _folder.Dispose();

    private (string, string) Load()
    {
        ChatTemplate template = ChatTemplate.Load(_folder.Path)!;
        return (template.Render([.. Question], null, null), template.Origin);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
