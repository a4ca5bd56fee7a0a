using System.Text.RegularExpressions;

namespace RailCluster.Generation;

/// <summary>One step that cuts text into the pieces that merges never cross.</summary>
internal abstract class PreTokenizerStep
{
    /// <summary>Cuts a piece further.</summary>
    public abstract IEnumerable<string> Split(string piece);
}

/// <summary>Prefixes each piece that does not start with a space with one.</summary>
internal sealed class PrefixSpaceStep : PreTokenizerStep
{
    /// <inheritdoc/>
    public override IEnumerable<string> Split(string piece) => [piece.StartsWith(' ') ? piece : " " + piece];
}

/// <summary>Cuts at the matches of a pattern; matches stand as pieces, and so does the text between them where it is kept.</summary>
/// <param name="pattern">The pattern.</param>
/// <param name="keepBetween">Whether text between matches is kept.</param>
internal sealed class PatternStep(string pattern, bool keepBetween) : PreTokenizerStep
{
    // Prompts come from users: a pattern that backtracks for ever must end.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Regex _regex = new(pattern, RegexOptions.CultureInvariant, Limit);

    /// <inheritdoc/>
    public override IEnumerable<string> Split(string piece)
    {
        (string shadow, int[]? offsets) = ShadowText.Of(piece);
        int done = 0;
        var pieces = new List<string>();
        foreach (ValueMatch match in _regex.EnumerateMatches(shadow))
        {
            if (keepBetween)
                Add(pieces, piece, offsets, done, match.Index);
            Add(pieces, piece, offsets, match.Index, match.Index + match.Length);
            done = match.Index + match.Length;
        }

        if (keepBetween)
            Add(pieces, piece, offsets, done, shadow.Length);
        return pieces;
    }

    private static void Add(List<string> pieces, string text, int[]? offsets, int start, int end)
    {
        if (start < end)
            pieces.Add(offsets is null ? text[start..end] : text[offsets[start]..offsets[end]]);
    }
}
