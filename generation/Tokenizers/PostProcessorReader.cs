using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the post-processor of a tokenizer.json: the tokens set before and after a text where special tokens are asked for.</summary>
internal static class PostProcessorReader
{
    private static readonly (ImmutableArray<int> Before, ImmutableArray<int> After) None = ([], []);

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is not supported.</exception>
    public static (ImmutableArray<int> Before, ImmutableArray<int> After) Read(JsonElement? postProcessor)
    {
        (ImmutableArray<int> Before, ImmutableArray<int> After)? found = null;
        foreach (JsonElement part in TokenizerJson.Flatten(postProcessor, "processors"))
        {
            if (TokenizerJson.Kind(part) == "ByteLevel")
                continue;
            if (found is not null)
                throw TokenizerJson.Refused("post_processor", "a Sequence that sets tokens twice", "one part that does");
            found = ReadPart(part);
        }

        return found ?? None;
    }

    private static (ImmutableArray<int> Before, ImmutableArray<int> After) ReadPart(JsonElement part) => TokenizerJson.Kind(part) switch
    {
        "TemplateProcessing" => ReadTemplate(part),
        "BertProcessing" or "RobertaProcessing" => ([ReadPair(part, "cls")], [ReadPair(part, "sep")]),
        var other => throw TokenizerJson.Refused(
            "post_processor", other, "ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing, a Sequence with one of them, or none"),
    };

    // Written as a token and its id.
    private static int ReadPair(JsonElement part, string name) =>
        JsonFiles.Value(part, name) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2
            && pair[1].ValueKind == JsonValueKind.Number && pair[1].TryGetInt32(out int id)
            ? id
            : throw new InvalidDataException($"tokenizer.json has a {TokenizerJson.Kind(part)} whose {name} is no token with an id");

    private static (ImmutableArray<int> Before, ImmutableArray<int> After) ReadTemplate(JsonElement part)
    {
        var sides = (Before: ImmutableArray.CreateBuilder<int>(), After: ImmutableArray.CreateBuilder<int>());
        bool text = false;
        foreach (JsonElement piece in TokenizerJson.Children(part, "single"))
        {
            if (piece.TryGetProperty("Sequence", out _))
            {
                if (text)
                    throw TokenizerJson.Refused("post_processor", "TemplateProcessing that repeats the text", "one text");
                text = true;
            }
            else if (piece.TryGetProperty("SpecialToken", out JsonElement special))
            {
                (text ? sides.After : sides.Before).AddRange(SpecialIds(part, JsonFiles.String(special, "id") ?? ""));
            }
            else
            {
                throw TokenizerJson.Refused("post_processor", "TemplateProcessing with an unknown piece", "SpecialToken and Sequence");
            }
        }

        return text
            ? (sides.Before.ToImmutable(), sides.After.ToImmutable())
            : throw TokenizerJson.Refused("post_processor", "TemplateProcessing without the text", "one text");
    }

    private static IEnumerable<int> SpecialIds(JsonElement template, string name)
    {
        if (!template.TryGetProperty("special_tokens", out JsonElement all) || !all.TryGetProperty(name, out JsonElement token)
            || !token.TryGetProperty("ids", out JsonElement ids) || ids.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException($"tokenizer.json names the special token {name} in its post_processor and gives no ids for it");
        return ids.EnumerateArray().Select(id => id.GetInt32());
    }
}
