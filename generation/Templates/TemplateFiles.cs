using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Finds the chat template of a model folder, and the special tokens that it may speak of.</summary>
internal static class TemplateFiles
{
    private const string Own = "chat_template.jinja";
    private const string Config = "tokenizer_config.json";
    private const string Legacy = "chat_template.json";
    private const string Property = "chat_template";

    private static readonly string[] TokenNames = ["bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token"];

    /// <summary>The text of the template and the file that it is from; null where there is none.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or holds several templates and none is the default.</exception>
    public static (string Source, string Origin)? Find(string folder)
    {
        string own = Path.Combine(folder, Own);
        if (File.Exists(own))
            return (File.ReadAllText(own), Own);
        foreach (string file in new[] { Config, Legacy })
        {
            if (Path.Combine(folder, file) is var path && File.Exists(path) && InFile(path, file) is { } source)
                return (source, file);
        }

        return null;
    }

    /// <summary>The special tokens that a folder names.</summary>
    /// <exception cref="InvalidDataException">tokenizer_config.json is damaged.</exception>
    public static ImmutableArray<(string Name, object Value)> SpecialTokens(string folder)
    {
        string path = Path.Combine(folder, Config);
        if (!File.Exists(path))
            return [];
        using JsonDocument document = JsonFiles.ReadObject(path);
        var tokens = ImmutableArray.CreateBuilder<(string, object)>();
        foreach (string name in TokenNames)
        {
            if (JsonFiles.Value(document.RootElement, name) is { } value && Token(value, Config) is { } token)
                tokens.Add((name, token));
        }

        if (JsonFiles.Value(document.RootElement, "additional_special_tokens") is { ValueKind: JsonValueKind.Array } more)
            tokens.Add(("additional_special_tokens", new TemplateList([.. more.EnumerateArray().Select(token => (object?)Token(token, Config))])));
        if (JsonFiles.Value(document.RootElement, "extra_special_tokens") is { ValueKind: JsonValueKind.Object } extra)
            tokens.AddRange(extra.EnumerateObject().Select(token => (token.Name, (object)(Token(token.Value, Config) ?? ""))));
        return tokens.ToImmutable();
    }

    private static string? InFile(string path, string file)
    {
        using JsonDocument document = JsonFiles.ReadObject(path);
        return JsonFiles.Value(document.RootElement, Property) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } text => Text(text, file),
            { ValueKind: JsonValueKind.Array } several => Default(several, file),
            _ => throw new InvalidDataException($"{file} has a chat_template that is neither a text nor a list of named texts: put the one to use into {Own}"),
        };
    }

    private static string Default(JsonElement several, string file)
    {
        var names = new List<string>();
        foreach (JsonElement entry in several.EnumerateArray())
        {
            string name = JsonFiles.String(entry, "name") ?? "";
            if (name == "default" && JsonFiles.Value(entry, "template") is { ValueKind: JsonValueKind.String } text)
                return Text(text, file);
            names.Add(name);
        }

        string shown = string.Join(", ", names.Take(8).Select(name => $"\"{name}\""));
        throw new InvalidDataException($"{file} has the chat templates {shown} and none named \"default\": put the one to use into {Own}");
    }

    // A token is a text, or an object with its text and how it is matched.
    private static string? Token(JsonElement value, string file) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value, file),
        JsonValueKind.Object => JsonFiles.Value(value, "content") is { ValueKind: JsonValueKind.String } content ? Text(content, file) : null,
        _ => null,
    };

    private static string Text(JsonElement text, string file)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException($"{file} has a text with half a character: write it whole", e);
        }
    }
}
