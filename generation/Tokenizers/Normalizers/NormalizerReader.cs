using System.Collections.Immutable;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the normalizer of a tokenizer.json as steps, and refuses by name what it does not know.</summary>
internal static class NormalizerReader
{
    private const string Supported =
        "Sequence, NFC, NFD, NFKC, NFKD, Nmt, Lowercase, Strip, StripAccents, BertNormalizer, Replace, Prepend, Precompiled, ByteLevel, or none";

    private static readonly TextNormalizer Lowercase = new CharacterMap(CharacterMaps.Lower);

    /// <summary>The steps, in order.</summary>
    /// <exception cref="InvalidDataException">One is not supported.</exception>
    public static ImmutableArray<TextNormalizer> Read(JsonElement? normalizer) =>
        [.. TokenizerJson.Flatten(normalizer, "normalizers").SelectMany(ReadPart)];

    private static TextNormalizer[] ReadPart(JsonElement part) => TokenizerJson.Kind(part) switch
    {
        "NFC" => [Form(composed: true, compatible: false)],
        "NFD" => [Form(composed: false, compatible: false)],
        "NFKC" => [Form(composed: true, compatible: true)],
        "NFKD" => [Form(composed: false, compatible: true)],
        "Nmt" => [new CharacterMap(CharacterMaps.Nmt)],
        "Lowercase" => [Lowercase],
        "Strip" => [new Strip(TokenizerJson.Flag(part, "strip_left", true), TokenizerJson.Flag(part, "strip_right", true))],
        "StripAccents" => [new CharacterMap(CharacterMaps.WithoutMarks)],
        "BertNormalizer" => ReadBert(part),
        "Replace" => [new Replace(PreTokenizerReader.ReadPattern(part), TokenizerJson.Text(part, "content"))],
        "Prepend" => [new Prepend(TokenizerJson.Text(part, "prepend"))],
        "Precompiled" => [ReadPrecompiled(part)],
        "ByteLevel" => [new BytesAsText()],
        var other => throw TokenizerJson.Refused("normalizer", other, Supported),
    };

    private static TextFunction Form(bool composed, bool compatible) =>
        new(text => composed ? UnicodeForm.Compose(text, compatible) : UnicodeForm.Decompose(text, compatible));

    private static TextNormalizer[] ReadBert(JsonElement part)
    {
        var steps = new List<TextNormalizer>();
        bool lowercase = TokenizerJson.Flag(part, "lowercase", true);
        if (TokenizerJson.Flag(part, "clean_text", true))
            steps.Add(new CharacterMap(CharacterMaps.Clean));
        if (TokenizerJson.Flag(part, "handle_chinese_chars", true))
            steps.Add(new CharacterMap(CharacterMaps.SpaceChinese));
        // Accents go with case where the file does not say.
        if (TokenizerJson.Flag(part, "strip_accents", lowercase))
            steps.AddRange([Form(composed: false, compatible: false), new CharacterMap(CharacterMaps.WithoutAccents)]);
        if (lowercase)
            steps.Add(Lowercase);
        return [.. steps];
    }

    private static PrecompiledMap ReadPrecompiled(JsonElement part)
    {
        byte[] map = new byte[TokenizerJson.Text(part, "precompiled_charsmap").Length];
        return Convert.TryFromBase64String(TokenizerJson.Text(part, "precompiled_charsmap"), map, out int length)
            ? new PrecompiledMap(map.AsSpan(0, length))
            : throw new InvalidDataException("tokenizer.json has a Precompiled whose precompiled_charsmap is no base64");
    }
}
