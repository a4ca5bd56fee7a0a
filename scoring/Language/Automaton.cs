using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace RailCluster.Scoring;

/// <summary>
/// All patterns as one machine over words: a state stands for a place in a pattern. It reads a text once, and keeps at most one thread a state,
/// so that time is linear in the text whatever the text is.
/// </summary>
internal sealed class Automaton
{
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

    /// <summary>Every place where a pattern of a set ends, in the order of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public List<Hit> Run(Token[] tokens)
    {
        var hits = new List<Hit>();
        var scratch = _idle.TryTake(out var idle) ? idle : new Scratch(_vocabulary.Symbols, _symbols.Length);
        scratch.Clear();
        for (var index = 0; index < tokens.Length; index++)
        {
            var token = tokens[index];
            if (token.Is(Marks.Sentence)) scratch.Current.Clear();
            scratch.Stamp++;
            Mark(scratch, token);
            foreach (var (state, start) in scratch.Current)
            {
                foreach (var next in _follow[state]) Enter(scratch, next, start);
            }

            Begin(scratch, token, index);
            scratch.Turn();
            var ends = index + 1 == tokens.Length || tokens[index + 1].Is(Marks.Sentence);
            foreach (var (state, start) in scratch.Current) Accept(hits, state, start, index, ends);
        }

        _idle.Add(scratch);
        return hits;
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
    private void Enter(Scratch scratch, int state, int start)
    {
        if (scratch.Marked[_symbols[state]] != scratch.Stamp || scratch.Seen[state] == scratch.Stamp) return;
        scratch.Seen[state] = scratch.Stamp;
        scratch.Next.Add((state, start));
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
        foreach (var state in _starts[symbol]) Enter(scratch, state, index);
        if (!sentence) return;
        foreach (var state in _sentenceStarts[symbol]) Enter(scratch, state, index);
    }

    private void Accept(List<Hit> hits, int state, int start, int end, bool ends)
    {
        foreach (var set in _accepts[state])
        {
            if (set >= 0) hits.Add(new Hit((Phrases)set, start, end + 1));
            else if (ends) hits.Add(new Hit((Phrases)~set, start, end + 1));
        }
    }

    private sealed class Scratch(int symbols, int states)
    {
        public long[] Marked { get; } = new long[symbols];

        public long[] Seen { get; } = new long[states];

        public List<(int State, int Start)> Current { get; private set; } = [];

        public List<(int State, int Start)> Next { get; private set; } = [];

        public long Stamp { get; set; }

        public void Clear()
        {
            Current.Clear();
            Next.Clear();
        }

        public void Turn()
        {
            (Current, Next) = (Next, Current);
            Next.Clear();
        }
    }
}

/// <summary>A place where a phrase of a set was found.</summary>
/// <param name="Set">Which set.</param>
/// <param name="First">Index of its first token.</param>
/// <param name="End">Index behind its last token.</param>
internal readonly record struct Hit(Phrases Set, int First, int End);
