using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the post-processor of a tokenizer.json: the tokens set around a text, or around and between two, where special tokens are asked for.</summary>
internal static class PostProcessorReader
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is not supported.</exception>
    public static TokenLayout Read(JsonElement? postProcessor)
    {
        TokenLayout? found = null;
        foreach (JsonElement part in TokenizerJson.Flatten(postProcessor, "processors"))
        {
            if (TokenizerJson.Kind(part) == "ByteLevel")
                continue;
            if (found is not null)
                throw TokenizerJson.Refused("post_processor", "a Sequence that sets tokens twice", "one part that does");
            found = ReadPart(part);
        }

        return found ?? TokenLayout.Bare;
    }

    private static TokenLayout ReadPart(JsonElement part) => TokenizerJson.Kind(part) switch
    {
        "TemplateProcessing" => new TokenLayout(ReadTemplate(part, "single", 1), ReadPairTemplate(part)),
        "BertProcessing" => Marked(part, between: 1, second: 1),
        "RobertaProcessing" => Marked(part, between: 2, second: 0),
        var other => throw TokenizerJson.Refused(
            "post_processor", other, "ByteLevel, TemplateProcessing, BertProcessing, RobertaProcessing, a Sequence with one of them, or none"),
    };

    // cls text sep, and cls text sep (sep) text sep.
    private static TokenLayout Marked(JsonElement part, int between, int second)
    {
        LayoutPiece first = new(ReadPair(part, "cls"), false, 0), end = new(ReadPair(part, "sep"), false, 0), text = new(null, false, 0);
        IEnumerable<LayoutPiece> middle = Enumerable.Repeat(end, between);
        return new TokenLayout([first, text, end], [first, text, .. middle, new LayoutPiece(null, true, second), end with { Type = second }]);
    }

    // Written as a token and its id.
    private static int ReadPair(JsonElement part, string name) =>
        JsonFiles.Value(part, name) is { ValueKind: JsonValueKind.Array } pair && pair.GetArrayLength() == 2
            && pair[1].ValueKind == JsonValueKind.Number && pair[1].TryGetInt32(out int id)
            ? id
            : throw new InvalidDataException($"tokenizer.json has a {TokenizerJson.Kind(part)} whose {name} is no token with an id");

    // A decoder's tokenizer need not say how pairs stand, and is used all the same; whoever has pairs looks.
    private static ImmutableArray<LayoutPiece> ReadPairTemplate(JsonElement part)
    {
        try
        {
            return ReadTemplate(part, "pair", 2);
        }
        catch (InvalidDataException)
        {
            return default;
        }
    }

    private static ImmutableArray<LayoutPiece> ReadTemplate(JsonElement part, string name, int texts)
    {
        var pieces = ImmutableArray.CreateBuilder<LayoutPiece>();
        foreach (JsonElement piece in TokenizerJson.Children(part, name))
        {
            if (piece.TryGetProperty("Sequence", out JsonElement text))
                pieces.Add(new LayoutPiece(null, JsonFiles.String(text, "id") == "B", TypeOf(text)));
            else if (piece.TryGetProperty("SpecialToken", out JsonElement special))
                pieces.AddRange(SpecialIds(part, JsonFiles.String(special, "id") ?? "").Select(id => new LayoutPiece(id, false, TypeOf(special))));
            else
                throw TokenizerJson.Refused("post_processor", "TemplateProcessing with an unknown piece", "SpecialToken and Sequence");
        }

        Require([.. pieces.Where(piece => piece.Token is null)], texts);
        return pieces.ToImmutable();
    }

    private static void Require(LayoutPiece[] texts, int count)
    {
        string supported = count == 1 ? "one text" : "two texts, each once";
        if (texts.Length < count)
            throw TokenizerJson.Refused("post_processor", "TemplateProcessing without the text", supported);
        if (texts.DistinctBy(text => text.Second).Count() != count || texts.Length > count)
            throw TokenizerJson.Refused("post_processor", "TemplateProcessing that repeats the text", supported);
    }

    private static int TypeOf(JsonElement piece) => JsonFiles.Int(piece, "type_id", "tokenizer.json") switch
    {
        null => 0,
        >= 0 and int type => type,
        _ => throw new InvalidDataException("tokenizer.json has a post_processor with a negative type_id"),
    };

    private static IEnumerable<int> SpecialIds(JsonElement template, string name)
    {
        if (!template.TryGetProperty("special_tokens", out JsonElement all) || !all.TryGetProperty(name, out JsonElement token)
            || !token.TryGetProperty("ids", out JsonElement ids) || ids.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException($"tokenizer.json names the special token {name} in its post_processor and gives no ids for it");
        return ids.EnumerateArray().Select(id => id.GetInt32());
    }
}
