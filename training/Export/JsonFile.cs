using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RailCluster.Training;

/// <summary>Writes JSON the same way everywhere: indented, line feed, UTF-8 without a byte-order mark.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, JsonNode document) => File.WriteAllText(path, document.ToJsonString(Indented) + "\n");

    public static void WriteLines(string path, IEnumerable<JsonNode> rows) =>
        File.WriteAllText(path, string.Concat(rows.Select(row => row.ToJsonString(OneLine) + "\n")));
}
