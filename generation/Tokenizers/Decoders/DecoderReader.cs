using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>How tokens become text: a rewriting of each token by itself, and the steps behind that.</summary>
/// <param name="Token">Rewrites one token; depends on nothing else, and so is done once a token.</param>
/// <param name="Stages">Makes the steps, to write to what is given.</param>
internal sealed record TokenDecoder(Func<string, string> Token, Func<TextStage, TextStage> Stages);

/// <summary>Reads the decoder of a tokenizer.json, and refuses by name what it does not know.</summary>
internal sealed class DecoderReader
{
    private const string Supported = "Sequence, ByteLevel, Metaspace, WordPiece, ByteFallback, Fuse, Strip, Replace, BPEDecoder, or none";

    private Func<string, string> _token = text => text;
    private Func<TextStage, TextStage> _stages = next => next;
    private bool _staged;
    private bool _joined;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">A part is not supported, or not where it stands.</exception>
    public static TokenDecoder Read(JsonElement? decoder)
    {
        if (decoder is null)
            return new TokenDecoder(text => text, next => new SpaceJoin(next));
        var reader = new DecoderReader();
        foreach (JsonElement part in TokenizerJson.Flatten(decoder, "decoders"))
            reader.Add(part);
        return new TokenDecoder(reader._token, reader._stages);
    }

    private void Add(JsonElement part)
    {
        string kind = TokenizerJson.Kind(part);
        switch (kind)
        {
            case "Fuse":
                _joined = true;
                break;
            case "Replace":
                AddReplace(part);
                break;
            case "Strip":
                AddStrip(part);
                break;
            default:
                Func<TextStage, TextStage> stage = Stage(part, kind);
                if (_joined)
                    throw TokenizerJson.Refused("decoder", $"{kind} behind tokens that are joined", "Replace and Strip there");
                Append(stage);
                _joined = kind == "ByteLevel";
                break;
        }
    }

    private static Func<TextStage, TextStage> Stage(JsonElement part, string kind)
    {
        switch (kind)
        {
            case "ByteLevel":
                return next => new ByteLevelText(next);
            case "ByteFallback":
                return next => new ByteFallbackText(next);
            case "Metaspace":
                (char replacement, PrependScheme prepend) = PreTokenizerReader.ReadMetaspace(part);
                return next => new MetaspaceText(replacement, prepend != PrependScheme.Never, next);
            case "WordPiece":
                (string prefix, bool cleans) = (JsonFiles.String(part, "prefix") ?? "##", TokenizerJson.Flag(part, "cleanup", true));
                return next => new WordPieceText(prefix, cleans, next);
            case "BPEDecoder":
                string suffix = JsonFiles.String(part, "suffix") ?? "</w>";
                return suffix.Length > 0
                    ? next => new SuffixText(suffix, next)
                    : throw TokenizerJson.Refused("decoder", "BPEDecoder with an empty suffix", "a suffix");
            default:
                throw TokenizerJson.Refused("decoder", kind, Supported);
        }
    }

    private void AddReplace(JsonElement part)
    {
        string content = TokenizerJson.Text(part, "content");
        TextPattern pattern = PreTokenizerReader.ReadPattern(part);
        if (!_joined)
            AddMap(new Replace(pattern, content).Apply);
        else if (JsonFiles.String(JsonFiles.Value(part, "pattern")!.Value, "String") is { Length: > 0 } literal)
            Append(next => new ReplaceText(literal, content, next));
        else
            throw TokenizerJson.Refused("decoder", "Replace by Regex behind tokens that are joined", "Replace of a String there");
    }

    private void AddStrip(JsonElement part)
    {
        char content = TokenizerJson.Character(part, "content", ' ');
        (int start, int stop) = (TokenizerJson.Count(part, "start", 0), TokenizerJson.Count(part, "stop", 0));
        if (_joined)
            Append(next => new StripText(content, start, stop, next));
        else
            AddMap(token => StripToken(token, content, start, stop));
    }

    private void AddMap(Func<string, string> map)
    {
        if (_staged)
        {
            Append(next => new TokenMap(map, next));
            return;
        }

        Func<string, string> first = _token;
        _token = text => map(first(text));
    }

    private void Append(Func<TextStage, TextStage> stage)
    {
        Func<TextStage, TextStage> before = _stages;
        _stages = next => before(stage(next));
        _staged = true;
    }

    private static string StripToken(string token, char content, int start, int stop)
    {
        int from = 0, to = token.Length;
        while (from < Math.Min(start, token.Length) && token[from] == content)
            from++;
        while (to > from && token.Length - to < stop && token[to - 1] == content)
            to--;
        return token[from..to];
    }
}
