using System.Text.Json.Nodes;

namespace RailCluster.Generation.Tests;

/// <summary>The tokenizers under Data, in model folders of their own.</summary>
internal static class TestTokenizer
{
    /// <summary>The name of each.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(DataFile(""), "*.tokenizer.json")
        .Select(file => Path.GetFileName(file).Split('.')[0]).Order(StringComparer.Ordinal);

    public static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Tokenizers", "Data", name);

    public static JsonObject Json(string name) => JsonNode.Parse(File.ReadAllText(DataFile($"{name}.tokenizer.json")))!.AsObject();

    public static ModelTokenizer Load(string name)
    {
        using var folder = new TempFolder();
        File.Copy(DataFile($"{name}.tokenizer.json"), folder.File("tokenizer.json"));
        return ModelTokenizer.Load(folder.Path);
    }

    /// <summary>Loads a tokenizer after a change to its JSON.</summary>
    public static ModelTokenizer LoadChanged(Action<JsonObject> change, string name = "default", string? settings = null)
    {
        using var folder = new TempFolder();
        JsonObject json = Json(name);
        change(json);
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        if (settings is not null)
            File.WriteAllText(folder.File("tokenizer_config.json"), settings);
        return ModelTokenizer.Load(folder.Path);
    }
}
