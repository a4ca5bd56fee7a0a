using System.Text;
using System.Text.RegularExpressions;

namespace RailCluster.Training;

/// <summary>Splits text into the pieces that merges never cross.</summary>
public static partial class PreTokenizer
{
    /// <summary>GPT-2's split, but one digit a piece; stated in tokenizer.json so that every reader splits alike.</summary>
    public const string Pattern =
        @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>The pieces of a text, each spelled in the byte alphabet.</summary>
    public static IEnumerable<string> Split(string text) => Splitter().Matches(text).Select(match => Spell(match.Value));

    private static string Spell(string piece) =>
        string.Concat(Encoding.UTF8.GetBytes(piece).Select(ByteAlphabet.ToCharacter));

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Splitter();
}
