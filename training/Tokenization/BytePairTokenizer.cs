using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace RailCluster.Training;

/// <summary>Byte-level BPE with GPT-2's split pattern: ids 0 to 3 are the special tokens, then 256 letters, then one token a merge.</summary>
internal sealed partial class BytePairTokenizer
{
    public const string Bos = "<|bos|>";
    public const string User = "<|user|>";
    public const string Assistant = "<|assistant|>";
    public const string End = "<|end|>";

    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<(string Left, string Right), int> _ranks;
    private readonly Dictionary<string, int[]> _words = new(StringComparer.Ordinal);

    public BytePairTokenizer(ImmutableArray<(string Left, string Right)> merges)
    {
        Merges = merges;
        Tokens = [.. Specials, .. ByteAlphabet.Letters(), .. merges.Select(merge => merge.Left + merge.Right)];
        _ids = Tokens.Select((token, id) => (token, id)).ToDictionary(pair => pair.token, pair => pair.id, StringComparer.Ordinal);
        _ranks = merges.Select((merge, rank) => (merge, rank)).ToDictionary(pair => pair.merge, pair => pair.rank);
    }

    public static ImmutableArray<string> Specials { get; } = [Bos, User, Assistant, End];

    public ImmutableArray<(string Left, string Right)> Merges { get; }

    public ImmutableArray<string> Tokens { get; }

    public int EndId => _ids[End];

    /// <summary>Learns merges: the most frequent pair first, ties by ordinal order, so that the same corpus gives the same tokens.</summary>
    public static BytePairTokenizer Train(IEnumerable<string> texts, int vocabulary)
    {
        var counts = texts.SelectMany(Words).CountBy(word => word).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var words = counts.Select(pair => (Pieces: ByteAlphabet.Encode(pair.Key).Select(letter => letter.ToString()).ToList(), Count: pair.Value)).ToList();
        var merges = ImmutableArray.CreateBuilder<(string, string)>();
        while (Specials.Length + 256 + merges.Count < vocabulary)
        {
            var pairs = new Dictionary<(string Left, string Right), int>();
            foreach (var (pieces, count) in words)
            {
                for (var index = 1; index < pieces.Count; index++)
                {
                    var pair = (pieces[index - 1], pieces[index]);
                    pairs[pair] = pairs.GetValueOrDefault(pair) + count;
                }
            }

            if (pairs.Count == 0) break;
            var best = pairs.OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key.Left, StringComparer.Ordinal).ThenBy(pair => pair.Key.Right, StringComparer.Ordinal).First().Key;
            merges.Add(best);
            foreach (var (pieces, _) in words) Merge(pieces, best);
        }

        return new BytePairTokenizer(merges.ToImmutable());
    }

    /// <summary>Ids of a text without special tokens.</summary>
    public IEnumerable<int> Encode(string text) => Words(text).SelectMany(EncodeWord);

    /// <summary>Ids of a conversation's beginning, up to where the assistant speaks.</summary>
    public int[] EncodePrompt(string prompt) => [_ids[Bos], _ids[User], .. Encode(prompt), _ids[Assistant]];

    /// <summary>The text of ids; special tokens are left out.</summary>
    public string Decode(IEnumerable<int> ids) => ByteAlphabet.Decode(string.Concat(ids.Where(id => id >= Specials.Length).Select(id => Tokens[id])));

    private static IEnumerable<string> Words(string text) => Split().Matches(text).Select(match => match.Value);

    private static void Merge(List<string> pieces, (string Left, string Right) pair)
    {
        for (var index = 1; index < pieces.Count; index++)
        {
            if (pieces[index - 1] != pair.Left || pieces[index] != pair.Right) continue;
            pieces[index - 1] += pieces[index];
            pieces.RemoveAt(index);
        }
    }

    private int[] EncodeWord(string word)
    {
        if (_words.TryGetValue(word, out var known)) return known;
        var pieces = ByteAlphabet.Encode(word).Select(letter => letter.ToString()).ToList();
        while (Enumerable.Range(1, pieces.Count - 1)
            .Select(index => (pieces[index - 1], pieces[index]))
            .Where(_ranks.ContainsKey).DefaultIfEmpty().MinBy(pair => pair.Item1 is null ? int.MaxValue : _ranks[pair]) is { Item1: not null } best)
            Merge(pieces, best);
        return _words[word] = [.. pieces.Select(piece => _ids[piece])];
    }

    // GPT-2's pattern: contractions, words, numbers and signs, each with the space before it.
    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Split();
}
