using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>A tokenizer.json, taken apart. Truncation and padding, which a file may ask for, are left off.</summary>
/// <param name="Kind">What kind it is, in words.</param>
/// <param name="Model">Turns pieces into tokens.</param>
/// <param name="Added">Tokens that are cut out first.</param>
/// <param name="Normalizers">Rewrite text, in order.</param>
/// <param name="Steps">Cut text into pieces, in order.</param>
/// <param name="Layout">Tokens set around texts.</param>
/// <param name="Decoder">Turns tokens into text.</param>
internal sealed record TokenizerFile(
    string Kind,
    TokenModel Model,
    ImmutableArray<AddedToken> Added,
    ImmutableArray<TextNormalizer> Normalizers,
    ImmutableArray<PreTokenizerStep> Steps,
    TokenLayout Layout,
    TokenDecoder Decoder)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a kind not supported; the message names what.</exception>
    public static TokenizerFile Read(string file)
    {
        using JsonDocument document = JsonFiles.ReadObject(file);
        JsonElement root = document.RootElement;
        if (JsonFiles.Value(root, "model") is not { ValueKind: JsonValueKind.Object } part)
            throw new InvalidDataException("tokenizer.json has no model");
        TokenDecoder decoder = DecoderReader.Read(JsonFiles.Value(root, "decoder"));
        TokenLayout layout = PostProcessorReader.Read(JsonFiles.Value(root, "post_processor"));
        ImmutableArray<TextNormalizer> normalizers = NormalizerReader.Read(JsonFiles.Value(root, "normalizer"));
        ImmutableArray<PreTokenizerStep> steps = PreTokenizerReader.Read(JsonFiles.Value(root, "pre_tokenizer"));
        bool byteLevel = steps.Any(step => step is BytesAsCharacters) || normalizers.Any(step => step is BytesAsText);
        // Written in the byte alphabet by the model instead, which remembers the pieces it has met.
        bool bytes = ModelReader.Kind(part) == "BPE" && steps is [.., BytesAsCharacters];
        TokenModel model = ModelReader.Read(part, bytes);
        return new TokenizerFile(
            (byteLevel ? "byte-level " : "") + model.Kind,
            model,
            AddedTokenReader.Read(root, model.Vocabulary),
            normalizers,
            bytes ? steps[..^1] : steps,
            layout,
            decoder);
    }
}
