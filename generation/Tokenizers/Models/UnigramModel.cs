using System.Text;

namespace RailCluster.Generation;

/// <summary>Unigram: of all ways to cut a piece into tokens, the one whose scores add up to most.</summary>
internal sealed class UnigramModel : TokenModel
{
    private const double UnknownPenalty = 10;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    private readonly PrefixTrie _trie;
    private readonly double[] _scores;
    private readonly int _unknown;
    private readonly int[]? _byteTokens;
    private readonly double _unknownScore;

    /// <summary>Creates a model.</summary>
    /// <param name="vocabulary">Tokens and ids.</param>
    /// <param name="scores">Logarithms of probability, by id.</param>
    /// <param name="unknown">The token of what no token spells.</param>
    /// <param name="byteFallback">Whether what no token spells becomes one token for each byte.</param>
    public UnigramModel(Dictionary<string, int> vocabulary, double[] scores, int unknown, bool byteFallback)
    {
        (_vocabulary, _scores, _unknown) = (vocabulary, scores, unknown);
        _tokens = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _trie = new PrefixTrie(vocabulary);
        _byteTokens = byteFallback ? ByteTokens(vocabulary) : null;
        _unknownScore = scores.Min() - UnknownPenalty;
    }

    /// <inheritdoc/>
    public override string Kind => _byteTokens is null ? "Unigram" : "Unigram with byte fallback";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> piece, List<int> output)
    {
        Step[] best = FindBest(piece);
        // Backwards: where each token of the best way begins, neighbouring unknown ones as one.
        var starts = new List<(int Start, int End)>();
        bool lastUnknown = false;
        for (int end = piece.Length; end > 0; end = best[end].Start)
        {
            bool unknown = best[end].Token == _unknown;
            if (unknown && lastUnknown)
                starts[^1] = (best[end].Start, starts[^1].End);
            else
                starts.Add((best[end].Start, end));
            lastUnknown = unknown;
        }

        for (int i = starts.Count - 1; i >= 0; i--)
            Add(piece[starts[i].Start..starts[i].End], output);
    }

    // Best way to each place in the piece, from left to right. On a tie the one found first stays.
    private Step[] FindBest(ReadOnlySpan<char> piece)
    {
        var best = new Step[piece.Length + 1];
        Array.Fill(best, new Step(-1, 0, 0));
        for (int at = 0; at < piece.Length;)
        {
            Rune.DecodeFromUtf16(piece[at..], out _, out int character);
            double score = at == 0 ? 0 : best[at].Score;
            bool single = false;
            int node = PrefixTrie.Root;
            for (int end = at; end < piece.Length && (node = _trie.Step(node, piece[end])) >= 0;)
            {
                end++;
                if (_trie.Value(node) is not (>= 0 and var token))
                    continue;
                Offer(ref best[end], at, score + _scores[token], token);
                single |= end - at == character;
            }

            if (!single)
                Offer(ref best[at + character], at, score + _unknownScore, _unknown);
            at += character;
        }

        return best;
    }

    private static void Offer(ref Step step, int start, double score, int token)
    {
        if (step.Start < 0 || score > step.Score)
            step = new Step(start, score, token);
    }

    private void Add(ReadOnlySpan<char> text, List<int> output)
    {
        if (_tokens.TryGetValue(text, out int token))
        {
            output.Add(token);
            return;
        }

        if (_byteTokens is { } tokens)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
            if (Array.TrueForAll(bytes, value => tokens[value] >= 0))
            {
                foreach (byte value in bytes)
                    output.Add(tokens[value]);
                return;
            }
        }

        output.Add(_unknown);
    }

    private readonly record struct Step(int Start, double Score, int Token);
}
