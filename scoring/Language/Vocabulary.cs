using System.Runtime.InteropServices;

namespace RailCluster.Scoring;

/// <summary>
/// The words that patterns know. A symbol is a word, or a class of words, as it stands in a pattern; a word has every symbol that names it.
/// Not changed once the patterns are read.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Symbol of any word at all.</summary>
    public const int Any = 0;

    /// <summary>Symbol of a number.</summary>
    public const int Number = 1;

    /// <summary>Symbol of a word with a capital.</summary>
    public const int Name = 2;

    // A stem must be long enough to be found by its first letters.
    private const int ShortestStem = 4;

    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly Dictionary<ulong, List<(string Stem, int Word)>> _stems = [];
    private readonly List<List<int>> _symbols = [[]];
    private int[][] _frozen = [];

    public Vocabulary() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many symbols there are.</summary>
    public int Symbols { get; private set; } = Name + 1;

    /// <summary>A new symbol that names the words and every word that begins with a stem.</summary>
    public int Add(IEnumerable<string> words, IEnumerable<string> stems)
    {
        var symbol = Symbols++;
        foreach (var word in words) AddTo(ref CollectionsMarshal.GetValueRefOrAddDefault(_words, word, out _), symbol);
        foreach (var stem in stems) AddStem(stem, symbol);
        return symbol;
    }

    /// <summary>Ends the reading of patterns: words that begin with a stem get its symbols.</summary>
    public void Freeze()
    {
        foreach (var list in _stems.Values) list.Sort((left, right) => right.Stem.Length - left.Stem.Length);
        foreach (var (stem, word) in _stems.Values.SelectMany(list => list).ToArray()) Inherit(stem, word);
        foreach (var (text, word) in _words) Inherit(text, word);
        _frozen = [.. _symbols.Select(list => list.Distinct().ToArray())];
    }

    /// <summary>The number of a normalised word; 0 for one that no pattern knows.</summary>
    public int Find(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out var known)) return known;
        if (word.Length < ShortestStem || !_stems.TryGetValue(Key(word), out var stems)) return 0;
        foreach (var (stem, number) in stems)
        {
            if (word.StartsWith(stem, StringComparison.Ordinal)) return number;
        }

        return 0;
    }

    /// <summary>The symbols of a word by its number.</summary>
    public ReadOnlySpan<int> SymbolsOf(int word) => _frozen[word];

    private void AddStem(string stem, int symbol)
    {
        if (stem.Length < ShortestStem) throw new InvalidOperationException($"the stem '{stem}*' is too short; give {ShortestStem} letters or list the words");
        var list = CollectionsMarshal.GetValueRefOrAddDefault(_stems, Key(stem), out _) ??= [];
        var index = list.FindIndex(entry => entry.Stem == stem);
        var word = index < 0 ? 0 : list[index].Word;
        AddTo(ref word, symbol);
        if (index < 0) list.Add((stem, word));
    }

    private void AddTo(ref int word, int symbol)
    {
        if (word == 0)
        {
            word = _symbols.Count;
            _symbols.Add([]);
        }

        _symbols[word].Add(symbol);
    }

    private void Inherit(string text, int word)
    {
        if (text.Length < ShortestStem || !_stems.TryGetValue(Key(text), out var stems)) return;
        foreach (var (stem, from) in stems)
        {
            if (from != word && text.StartsWith(stem, StringComparison.Ordinal)) _symbols[word].AddRange(_symbols[from]);
        }
    }

    private static ulong Key(ReadOnlySpan<char> word) => word[0] | (ulong)word[1] << 16 | (ulong)word[2] << 32 | (ulong)word[3] << 48;
}
