using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RailCluster.Scoring;

/// <summary>
/// All patterns as one machine over words: a state stands for a place in a pattern. It reads a text once, and keeps at most one thread a state,
/// so that time is linear in the text whatever the text is.
/// </summary>
internal sealed class Automaton
{
    private static readonly int Sets = Enum.GetValues<Phrases>().Length;

    private readonly Vocabulary _vocabulary;
    private readonly int[] _symbols;
    private readonly int[][] _follow;
    private readonly int[][] _accepts;
    private readonly int[][] _starts;
    private readonly int[][] _sentenceStarts;
    private readonly ConcurrentBag<Scratch> _idle = [];

    /// <param name="vocabulary">Frozen.</param>
    /// <param name="symbols">By state: the symbol that leads into it.</param>
    /// <param name="follow">By state: the states behind it.</param>
    /// <param name="accepts">By state: the sets it completes; a complement where only at the end of a sentence.</param>
    /// <param name="starts">By symbol: the states that begin a pattern.</param>
    /// <param name="sentenceStarts">The same for patterns that begin a sentence.</param>
    public Automaton(Vocabulary vocabulary, int[] symbols, int[][] follow, int[][] accepts, int[][] starts, int[][] sentenceStarts)
    {
        (_vocabulary, _symbols, _follow, _accepts) = (vocabulary, symbols, follow, accepts);
        (_starts, _sentenceStarts) = (starts, sentenceStarts);
    }

    /// <summary>By set: every place where one of its patterns ends, in the order of the text; null for none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Hit[]?[] Run(Token[] tokens)
    {
        var scratch = _idle.TryTake(out var idle) ? idle : new Scratch(_vocabulary.Symbols, _symbols.Length);
        scratch.Clear();
        scratch.Hits.Clear();
        for (var index = 0; index < tokens.Length; index++)
        {
            var token = tokens[index];
            if (token.Is(Marks.Sentence)) scratch.Clear();
            scratch.Stamp++;
            Mark(scratch, token);
            var (states, starts) = (scratch.States, scratch.Starts);
            for (var thread = 0; thread < scratch.Count; thread++) Enter(scratch, _follow[states[thread]], starts[thread]);
            Begin(scratch, token, index);
            scratch.Turn();
            var ends = index + 1 == tokens.Length || tokens[index + 1].Is(Marks.Sentence);
            for (var thread = 0; thread < scratch.Count; thread++)
            {
                var accepts = _accepts[scratch.States[thread]];
                if (accepts.Length > 0) Accept(scratch.Hits, accepts, scratch.Starts[thread], index, ends);
            }
        }

        var hits = BySet(scratch.Hits);
        _idle.Add(scratch);
        return hits;
    }

    private static Hit[]?[] BySet(List<Hit> hits)
    {
        Span<int> counts = stackalloc int[Sets];
        counts.Clear();
        foreach (var hit in hits) counts[(int)hit.Set]++;
        var sets = new Hit[]?[Sets];
        // Filled from the end, so that the count is the next place.
        for (var index = hits.Count - 1; index >= 0; index--)
        {
            var set = (int)hits[index].Set;
            (sets[set] ??= new Hit[counts[set]])[--counts[set]] = hits[index];
        }

        return sets;
    }

    private void Mark(Scratch scratch, Token token)
    {
        scratch.Marked[Vocabulary.Any] = scratch.Stamp;
        if (token.Is(Marks.Number)) scratch.Marked[Vocabulary.Number] = scratch.Stamp;
        if (token.Is(Marks.Capital)) scratch.Marked[Vocabulary.Name] = scratch.Stamp;
        foreach (var symbol in _vocabulary.SymbolsOf(token.Word)) scratch.Marked[symbol] = scratch.Stamp;
    }

    // Threads come in the order of their starts, so that of two in one state the longer match stays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(Scratch scratch, int[] follow, int start)
    {
        var (symbols, marked, seen, stamp, next) = (_symbols, scratch.Marked, scratch.Seen, scratch.Stamp, scratch.NextCount);
        foreach (var state in follow)
        {
            if (marked[symbols[state]] != stamp || seen[state] == stamp) continue;
            seen[state] = stamp;
            scratch.NextStates[next] = state;
            scratch.NextStarts[next++] = start;
        }

        scratch.NextCount = next;
    }

    private void Begin(Scratch scratch, Token token, int index)
    {
        var sentence = token.Is(Marks.Sentence);
        BeginWith(scratch, Vocabulary.Any, sentence, index);
        if (token.Is(Marks.Number)) BeginWith(scratch, Vocabulary.Number, sentence, index);
        if (token.Is(Marks.Capital)) BeginWith(scratch, Vocabulary.Name, sentence, index);
        foreach (var symbol in _vocabulary.SymbolsOf(token.Word)) BeginWith(scratch, symbol, sentence, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginWith(Scratch scratch, int symbol, bool sentence, int index)
    {
        Enter(scratch, _starts[symbol], index);
        if (sentence) Enter(scratch, _sentenceStarts[symbol], index);
    }

    private static void Accept(List<Hit> hits, int[] accepts, int start, int end, bool ends)
    {
        foreach (var set in accepts)
        {
            if (set >= 0) hits.Add(new Hit((Phrases)set, start, end + 1));
            else if (ends) hits.Add(new Hit((Phrases)~set, start, end + 1));
        }
    }

    // A state is entered once a token, so that no list outgrows the states.
    private sealed class Scratch(int symbols, int states)
    {
        public List<Hit> Hits { get; } = [];

        public long[] Marked { get; } = new long[symbols];

        public long[] Seen { get; } = new long[states];

        public int[] States { get; private set; } = new int[states];

        public int[] Starts { get; private set; } = new int[states];

        public int[] NextStates { get; private set; } = new int[states];

        public int[] NextStarts { get; private set; } = new int[states];

        public int Count { get; private set; }

        public int NextCount { get; set; }

        public long Stamp { get; set; }

        public void Clear() => (Count, NextCount) = (0, 0);

        public void Turn()
        {
            (States, NextStates) = (NextStates, States);
            (Starts, NextStarts) = (NextStarts, Starts);
            (Count, NextCount) = (NextCount, 0);
        }
    }
}

/// <summary>A place where a phrase of a set was found.</summary>
/// <param name="Set">Which set.</param>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index behind its last token.</param>
internal readonly record struct Hit(Phrases Set, int First, int End);
