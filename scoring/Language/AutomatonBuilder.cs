namespace RailCluster.Scoring;

/// <summary>Puts patterns together into an <see cref="Automaton"/>: one state for each word of each pattern (Glushkov's construction).</summary>
internal sealed class AutomatonBuilder
{
    private readonly Vocabulary _vocabulary = new();
    private readonly Dictionary<PatternNode, int> _lists = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<int> _symbols = [];
    private readonly List<List<int>> _follow = [];
    private readonly List<List<int>> _accepts = [];
    private readonly List<(int State, bool AtStart)> _starts = [];

    /// <summary>Adds a pattern to a set.</summary>
    /// <param name="set">Which one.</param>
    /// <param name="node">The pattern.</param>
    /// <param name="atStart">Whether it begins a sentence.</param>
    /// <param name="atEnd">Whether it ends one.</param>
    /// <returns>Whether it needs at least one word; nothing is added otherwise.</returns>
    public bool Add(Phrases set, PatternNode node, bool atStart, bool atEnd)
    {
        var part = Build(node);
        if (part.Empty) return false;
        foreach (var state in part.First) _starts.Add((state, atStart));
        foreach (var state in part.Last) _accepts[state].Add(atEnd ? ~(int)set : (int)set);
        return true;
    }

    /// <summary>The words that the patterns know, and the machine.</summary>
    public (Vocabulary Vocabulary, Automaton Automaton) Build()
    {
        _vocabulary.Freeze();
        return (_vocabulary, new Automaton(
            _vocabulary, [.. _symbols], [.. _follow.Select(list => list.ToArray())], [.. _accepts.Select(list => list.ToArray())],
            Starts(atStart: false), Starts(atStart: true)));
    }

    private int[][] Starts(bool atStart)
    {
        var lists = new List<int>?[_vocabulary.Symbols];
        foreach (var (state, at) in _starts)
        {
            if (at == atStart) (lists[_symbols[state]] ??= []).Add(state);
        }

        return [.. lists.Select(list => list?.ToArray() ?? [])];
    }

    private Fragment Build(PatternNode node) => node switch
    {
        PatternNode.OneOf one => State(SymbolOf(one)),
        PatternNode.Special special => State(special.Symbol),
        PatternNode.Optional optional => Build(optional.Part) with { Empty = true },
        PatternNode.Choice choice => choice.Parts.Select(Build).Aggregate((left, right) =>
            new Fragment(left.Empty || right.Empty, [.. left.First, .. right.First], [.. left.Last, .. right.Last])),
        PatternNode.Sequence sequence => sequence.Parts.Select(Build).Aggregate(Join),
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "is no part of a pattern"),
    };

    private Fragment Join(Fragment left, Fragment right)
    {
        foreach (var state in left.Last) _follow[state].AddRange(right.First);
        return new Fragment(
            left.Empty && right.Empty,
            left.Empty ? [.. left.First, .. right.First] : left.First,
            right.Empty ? [.. left.Last, .. right.Last] : right.Last);
    }

    private Fragment State(int symbol)
    {
        var state = _symbols.Count;
        _symbols.Add(symbol);
        _follow.Add([]);
        _accepts.Add([]);
        return new Fragment(false, [state], [state]);
    }

    // One symbol for each list and each word, however often patterns name it.
    private int SymbolOf(PatternNode.OneOf one)
    {
        if (one.Stems.Count == 0 && one.Words.Count == 1)
        {
            var word = one.Words.First();
            return _words.TryGetValue(word, out var known) ? known : _words[word] = _vocabulary.Add(one.Words, []);
        }

        return _lists.TryGetValue(one, out var listed) ? listed : _lists[one] = _vocabulary.Add(one.Words, one.Stems);
    }

    private sealed record Fragment(bool Empty, int[] First, int[] Last);
}
