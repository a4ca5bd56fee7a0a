using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A suite prompt that stands in the training data.</summary>
/// <param name="PromptId">The prompt.</param>
/// <param name="Exact">Whether all of it does, or thirteen of its words in a row.</param>
/// <param name="Line">The first line of the training data where it does.</param>
public sealed record OverlapFinding(string PromptId, bool Exact, long Line);

/// <summary>
/// Looks for a suite's prompts in training data. A prompt that was trained on says nothing about what was not. A prompt is found where all of its words
/// stand in a row in one text, or thirteen of them do; one of fewer than four words only where it is all of a text, since such words stand everywhere.
/// </summary>
public sealed class OverlapSearch
{
    /// <summary>Words in a row that count as overlap.</summary>
    public const int Gram = 13;

    private const int FewestWithin = 4;
    private const ulong Base = 0x9E3779B97F4A7C15;
    private const int Unknown = -1;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _known =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly List<Sought> _prompts = [];
    private readonly Dictionary<(int Length, ulong Hash), List<Place>> _grams = [];
    private readonly ImmutableArray<int> _lengths;
    private readonly ulong[] _powers = new ulong[Gram + 1];

    /// <summary>Takes the prompts of a suite; those that are token ids have no words.</summary>
    public OverlapSearch(Suite suite)
    {
        _powers[0] = 1;
        for (var power = 1; power < _powers.Length; power++) _powers[power] = unchecked(_powers[power - 1] * Base);
        foreach (var prompt in suite.Prompts)
        {
            int[] words = [.. Words.Of(prompt.Input.Display(), Learn)];
            if (words.Length == 0) continue;
            Index(words, _prompts.Count);
            _prompts.Add(new Sought(prompt.Id, words));
        }

        _lengths = [.. _grams.Keys.Select(key => key.Length).Distinct().Order()];
    }

    /// <summary>Prompts that are looked for.</summary>
    public int Prompts => _prompts.Count;

    /// <summary>What was found so far, in the suite's order.</summary>
    public ImmutableArray<OverlapFinding> Findings =>
        [.. _prompts.Where(prompt => prompt.Found is not null).Select(prompt => new OverlapFinding(prompt.Id, prompt.Exact, prompt.Found!.Value))];

    /// <summary>Looks through one text.</summary>
    /// <param name="text">Of the training data.</param>
    /// <param name="line">Where it stands.</param>
    public void Add(string text, long line)
    {
        int[] words = [.. Words.Of(text, word => _known.TryGetValue(word, out var known) ? known : Unknown)];
        var hashes = new ulong[words.Length + 1];
        var run = 0;
        for (var end = 1; end <= words.Length; end++)
        {
            hashes[end] = unchecked(hashes[end - 1] * Base + (ulong)(words[end - 1] + 1));
            // A word that no prompt has is in no gram.
            run = words[end - 1] == Unknown ? 0 : run + 1;
            foreach (var length in _lengths)
            {
                if (length > run) break;
                var hash = unchecked(hashes[end] - hashes[end - length] * _powers[length]);
                if (_grams.TryGetValue((length, hash), out var places)) Meet(places, words, end - length, length, line);
            }
        }
    }

    private void Meet(List<Place> places, int[] words, int start, int length, long line)
    {
        foreach (var place in places)
        {
            var prompt = _prompts[place.Prompt];
            if (prompt.Exact || !Same(prompt.Words, place.Offset, words, start, length)) continue;
            var whole = place.Offset == 0 && start + prompt.Words.Length <= words.Length && Same(prompt.Words, 0, words, start, prompt.Words.Length)
                && (prompt.Words.Length >= FewestWithin || prompt.Words.Length == words.Length);
            if (whole) prompt.Meet(line, exact: true);
            else if (length == Gram) prompt.Meet(line, exact: false);
        }
    }

    private static bool Same(int[] left, int from, int[] right, int at, int length) => left.AsSpan(from, length).SequenceEqual(right.AsSpan(at, length));

    private int Learn(ReadOnlySpan<char> word)
    {
        if (!_known.TryGetValue(word, out var number)) _known[word] = number = _known.Dictionary.Count;
        return number;
    }

    private void Index(int[] words, int prompt)
    {
        var length = Math.Min(words.Length, Gram);
        for (var offset = 0; offset + length <= words.Length; offset++)
        {
            var hash = words.AsSpan(offset, length).ToArray().Aggregate(0UL, (sum, word) => unchecked(sum * Base + (ulong)(word + 1)));
            ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_grams, (length, hash), out _);
            (places ??= []).Add(new Place(prompt, offset));
        }
    }

    private readonly record struct Place(int Prompt, int Offset);

    private sealed class Sought(string id, int[] words)
    {
        public string Id => id;

        public int[] Words => words;

        public bool Exact { get; private set; }

        public long? Found { get; private set; }

        public void Meet(long line, bool exact)
        {
            if (exact ? Exact : Found is not null) return;
            (Exact, Found) = (exact, line);
        }
    }
}
