using System.Text.Json.Nodes;

namespace RailCluster.Generation.Tests;

/// <summary>The tokenizers under Data, in model folders of their own.</summary>
internal static class TestTokenizer
{
    public static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "Tokenizers", "Data", name);

    public static JsonObject Json(string name) => JsonNode.Parse(File.ReadAllText(DataFile($"{name}.tokenizer.json")))!.AsObject();

    public static ModelTokenizer Load(string name)
    {
        using var folder = new TempFolder();
        File.Copy(DataFile($"{name}.tokenizer.json"), folder.File("tokenizer.json"));
        return ModelTokenizer.Load(folder.Path);
    }

    /// <summary>Loads a tokenizer after a change to its JSON.</summary>
    public static ModelTokenizer LoadChanged(Action<JsonObject> change)
    {
        using var folder = new TempFolder();
        JsonObject json = Json("default");
        change(json);
        File.WriteAllText(folder.File("tokenizer.json"), json.ToJsonString());
        return ModelTokenizer.Load(folder.Path);
    }
}
