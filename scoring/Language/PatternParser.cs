using System.Globalization;

namespace RailCluster.Scoring;

/// <summary>
/// Reads one pattern. <c>word</c>; <c>word~</c> with its endings; <c>stem*</c> with any ending; <c>*</c> any word; <c>*{0,3}</c> up to three words;
/// <c>#</c> a number; <c>@</c> a word with a capital; <c>{list}</c> a word list; <c>(a|b c)</c> either; a <c>?</c> behind a part: there or not.
/// </summary>
/// <param name="text">The pattern without anchors.</param>
/// <param name="lists">The word lists by name.</param>
internal sealed class PatternParser(string text, IReadOnlyDictionary<string, PatternNode> lists)
{
    private const int LongestGap = 12;

    private int _index;

    /// <summary>The whole pattern.</summary>
    public PatternNode Parse()
    {
        var node = Alternatives();
        return _index == text.Length ? node : throw Wrong("an opening bracket is missing");
    }

    private PatternNode Alternatives()
    {
        var parts = new List<PatternNode> { Sequence() };
        while (Skip('|')) parts.Add(Sequence());
        return PatternNode.Either(parts);
    }

    private PatternNode Sequence()
    {
        var parts = new List<PatternNode>();
        for (Blanks(); _index < text.Length && text[_index] is not ('|' or ')'); Blanks()) parts.AddRange(Part());
        return parts.Count switch { 0 => throw Wrong("a part is empty"), 1 => parts[0], _ => new PatternNode.Sequence(parts) };
    }

    private IReadOnlyList<PatternNode> Part()
    {
        var nodes = Atom();
        if (!Skip('?')) return nodes;
        return [new PatternNode.Optional(nodes.Count == 1 ? nodes[0] : new PatternNode.Sequence(nodes))];
    }

    private IReadOnlyList<PatternNode> Atom()
    {
        if (Skip('('))
        {
            var inner = Alternatives();
            return Skip(')') ? [inner] : throw Wrong("a bracket is not closed");
        }

        if (Skip('#')) return [new PatternNode.Special(Vocabulary.Number)];
        if (Skip('@')) return [new PatternNode.Special(Vocabulary.Name)];
        if (Skip('*')) return Gap();
        return Skip('{') ? [List()] : Words();
    }

    private PatternNode List()
    {
        var name = Until('}');
        return lists.TryGetValue(name, out var list) ? list : throw Wrong($"there is no word list '{name}' above it");
    }

    private IReadOnlyList<PatternNode> Gap()
    {
        var any = new PatternNode.Special(Vocabulary.Any);
        if (!Skip('{')) return [any];
        var bounds = Until('}').Split(',');
        if (bounds.Length != 2 || !Number(bounds[0], out var least) || !Number(bounds[1], out var most) || least > most || most > LongestGap)
            throw Wrong($"a gap is written *{{0,3}} with at most {LongestGap} words");
        return [.. Enumerable.Repeat<PatternNode>(any, least), .. Enumerable.Repeat<PatternNode>(new PatternNode.Optional(any), most - least)];
    }

    private IReadOnlyList<PatternNode> Words()
    {
        var start = _index;
        while (_index < text.Length && (char.IsLetterOrDigit(text[_index]) || text[_index] == '\'' || char.GetUnicodeCategory(text[_index])
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DashPunctuation)) _index++;
        if (_index == start) throw Wrong($"'{text[_index]}' has no meaning here");
        var parts = Split(text[start.._index].ToLowerInvariant());
        var last = parts[^1];
        parts.RemoveAt(parts.Count - 1);
        PatternNode.OneOf end = Skip('~') ? new([.. Inflections.Of(last)], []) : Skip('*') ? new([], [last]) : new([last], []);
        return [.. parts.Select(part => new PatternNode.OneOf([part], [])), end];
    }

    // Words are taken apart as the tokenizer takes them apart.
    private static List<string> Split(string run)
    {
        var parts = new List<string>();
        foreach (var word in run.Split('-', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Tokenizer.Unspaced(word[0])) parts.AddRange(word.Select(letter => letter.ToString()));
            else if (word.StartsWith('\'') || !Contractions.TryPart(word, out var pair)) parts.Add(word);
            else parts.AddRange(pair.First, pair.Second);
        }

        return parts;
    }

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private string Until(char end)
    {
        var close = text.IndexOf(end, _index);
        if (close < 0) throw Wrong($"'{end}' is missing");
        var inner = text[_index..close];
        _index = close + 1;
        return inner;
    }

    private void Blanks()
    {
        while (_index < text.Length && text[_index] == ' ') _index++;
    }

    private bool Skip(char symbol)
    {
        if (symbol is '|' or ')') Blanks();
        if (_index >= text.Length || text[_index] != symbol) return false;
        _index++;
        return true;
    }

    private InvalidOperationException Wrong(string fault) => new($"pattern '{text}': {fault}");
}
