using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Generation.Tests;

/// <summary>Compares with what Jinja2 gives under Hugging Face's settings; Data/make-vectors.py recorded it.</summary>
public sealed class TemplateConformanceTests
{
    private static readonly ChatMessage[] Talk =
    [
        new("system", "Be kind."), new("user", " Hi "), new("assistant", "Hello."), new("user", "Bye"),
    ];

    [Fact]
    public void Render_EveryCase_GivesWhatJinjaGives()
    {
        CaseVector[] vectors = Read<CaseVector>("cases.vectors.json");

        Assert.True(vectors.Length > 250);
        Assert.All(vectors, vector => Check(vector.Template, Talk, vector));
    }

    [Fact]
    public void Render_EveryFamilyAndConversation_GivesWhatJinjaGives()
    {
        FamilyVector[] vectors = Read<FamilyVector>("families.vectors.json");

        Assert.True(vectors.Select(vector => vector.Family).Distinct().Count() >= 16);
        Assert.All(vectors, vector => Check(File.ReadAllText(DataFile($"families/{vector.Family}.jinja")), vector.Messages, vector));
    }

    [Fact]
    public void Render_OneTemplateFromManyThreads_GivesTheSame()
    {
        FamilyVector vector = Read<FamilyVector>("families.vectors.json").First(vector => vector is { Family: "llama3-tools", Conversation: "told turns" });
        ChatTemplate template = ChatTemplate.Parse(File.ReadAllText(DataFile("families/llama3-tools.jinja")), "t");

        Parallel.For(0, 64, _ => Assert.Equal(vector.Text, template.Render([.. vector.Messages], "<s>", "</s>")));
    }

    private static void Check(string template, ChatMessage[] messages, Vector vector)
    {
        string Render() => ChatTemplate.Parse(template, "t").Render([.. messages], "<s>", "</s>");
        if (vector.Text is not null)
        {
            Assert.Equal(vector.Text, Render());
            return;
        }

        TemplateException error = Assert.Throws<TemplateException>(Render);
        if (vector.Refusal is not null)
            Assert.Equal($"the chat template refuses the conversation: {vector.Refusal}", error.Message);
        else
            Assert.Contains("(line ", error.Message, StringComparison.Ordinal);
    }

    private static T[] Read<T>(string name) => JsonSerializer.Deserialize<T[]>(File.ReadAllText(DataFile(name)), JsonSerializerOptions.Web)!;

    private static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Templates", "Data", name);

    private record Vector(string? Text, string? Refusal, string? Error);

    private sealed record CaseVector(string Template, string? Text, string? Refusal, string? Error) : Vector(Text, Refusal, Error);

    private sealed record FamilyVector(string Family, string Conversation, ChatMessage[] Messages, string? Text, string? Refusal, string? Error)
        : Vector(Text, Refusal, Error);
}
