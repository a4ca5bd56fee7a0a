using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RailCluster.Generation;

/// <summary>Reads the pre-tokenizer of a tokenizer.json as steps, and refuses by name what it does not know.</summary>
internal static class PreTokenizerReader
{
    // How byte-level tokenizers cut where their file asks for the default.
    private const string BytePattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private const string Supported =
        "Sequence, ByteLevel, Split, Whitespace, WhitespaceSplit, BertPreTokenizer, Metaspace, Digits, Punctuation, CharDelimiterSplit, or none";

    /// <summary>The steps, in order.</summary>
    /// <exception cref="InvalidDataException">One is not supported.</exception>
    public static ImmutableArray<PreTokenizerStep> Read(JsonElement? preTokenizer) =>
        [.. TokenizerJson.Flatten(preTokenizer, "pretokenizers").SelectMany(ReadPart)];

    /// <summary>The scheme and the character of a Metaspace part, which decoders share.</summary>
    public static (char Replacement, PrependScheme Prepend) ReadMetaspace(JsonElement part)
    {
        char replacement = TokenizerJson.Character(part, "replacement", '▁');
        // Older files say yes or no instead.
        bool adds = TokenizerJson.Flag(part, "add_prefix_space", true);
        PrependScheme scheme = JsonFiles.String(part, "prepend_scheme") switch
        {
            null => adds ? PrependScheme.Always : PrependScheme.Never,
            "always" or "first" when !adds => throw TokenizerJson.Refused(
                "Metaspace", "whose add_prefix_space and prepend_scheme differ", "the same said twice"),
            "always" => PrependScheme.Always,
            "first" => PrependScheme.First,
            "never" => PrependScheme.Never,
            var other => throw TokenizerJson.Refused("Metaspace", $"with prepend_scheme {other}", "always, first, never"),
        };
        return (replacement, scheme);
    }

    private static IEnumerable<PreTokenizerStep> ReadPart(JsonElement part) => TokenizerJson.Kind(part) switch
    {
        "ByteLevel" => ReadByteLevel(part),
        "Split" => [new PatternSplit(ReadPattern(part), ReadBehavior(part, null), TokenizerJson.Flag(part, "invert", false))],
        "Whitespace" => [new WordSplit()],
        "WhitespaceSplit" => [new CharacterSplit(Rune.IsWhiteSpace, SplitBehavior.Removed)],
        "BertPreTokenizer" =>
            [new CharacterSplit(Rune.IsWhiteSpace, SplitBehavior.Removed), new CharacterSplit(IsPunctuation, SplitBehavior.Isolated)],
        "Punctuation" => [new CharacterSplit(IsPunctuation, ReadBehavior(part, SplitBehavior.Isolated))],
        "Digits" when TokenizerJson.Flag(part, "individual_digits", false) => [new CharacterSplit(IsNumeric, SplitBehavior.Isolated)],
        "Digits" => [new CharacterSplit(IsNumeric, SplitBehavior.Contiguous)],
        "CharDelimiterSplit" => [new CharacterSplit(IsDelimiter(part), SplitBehavior.Removed)],
        "Metaspace" => [ReadMetaspaceSplit(part)],
        var other => throw TokenizerJson.Refused("pre_tokenizer", other, Supported),
    };

    private static List<PreTokenizerStep> ReadByteLevel(JsonElement part)
    {
        var steps = new List<PreTokenizerStep>();
        // A file that leaves these out means true.
        if (TokenizerJson.Flag(part, "add_prefix_space", true))
            steps.Add(new PrefixSpace());
        if (TokenizerJson.Flag(part, "use_regex", true))
            steps.Add(new PatternSplit(TextPattern.Of(BytePattern), SplitBehavior.Isolated, invert: false));
        steps.Add(new BytesAsCharacters());
        return steps;
    }

    private static MetaspaceSplit ReadMetaspaceSplit(JsonElement part)
    {
        (char replacement, PrependScheme prepend) = ReadMetaspace(part);
        return new MetaspaceSplit(replacement, prepend, TokenizerJson.Flag(part, "split", true));
    }

    /// <summary>A pattern property: a text to be found as it is, or a regular expression.</summary>
    /// <exception cref="InvalidDataException">It is neither, or cannot be read.</exception>
    public static TextPattern ReadPattern(JsonElement part)
    {
        JsonElement? wrapper = JsonFiles.Value(part, "pattern");
        if (wrapper is { ValueKind: JsonValueKind.Object } found)
        {
            if (JsonFiles.String(found, "String") is { } literal)
                return TextPattern.Literal(literal);
            if (JsonFiles.String(found, "Regex") is { } regex)
                return TextPattern.Of(regex);
        }

        throw TokenizerJson.Refused(TokenizerJson.Kind(part), "without a pattern", "a pattern that is a String or a Regex");
    }

    private static SplitBehavior ReadBehavior(JsonElement part, SplitBehavior? otherwise) => JsonFiles.String(part, "behavior") switch
    {
        null when otherwise is { } given => given,
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        var other => throw TokenizerJson.Refused(
            TokenizerJson.Kind(part), $"with behavior {other ?? "none"}", "Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous"),
    };

    private static Func<Rune, bool> IsDelimiter(JsonElement part)
    {
        char delimiter = TokenizerJson.Text(part, "delimiter").Length > 0 ? TokenizerJson.Character(part, "delimiter", ' ') : ' ';
        return rune => rune.Value == delimiter;
    }

    private static bool IsNumeric(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    private static bool IsPunctuation(Rune rune) => rune.IsAscii
        ? Rune.IsPunctuation(rune) || Rune.IsSymbol(rune)
        : UnicodeSet.Punctuation.Contains(rune.Value);
}
