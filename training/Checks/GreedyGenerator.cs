using System.Numerics.Tensors;

namespace RailCluster.Training;

/// <summary>Greedy answers of an exported model, in right-padded batches.</summary>
public sealed class GreedyGenerator(OnnxDecoder decoder, BpeTokenizer tokenizer, int maximumNewTokens)
{
    private const int BatchSize = 40;

    /// <summary>Answers in the order of the prompts, without special tokens.</summary>
    public IReadOnlyList<string> Answer(IEnumerable<string> prompts) =>
        [.. prompts.Chunk(BatchSize).SelectMany(AnswerBatch)];

    private IEnumerable<string> AnswerBatch(string[] prompts)
    {
        var encoded = prompts.Select(prompt => ChatFormat.EncodePrompt(tokenizer, prompt)).ToArray();
        var answers = encoded.Select(_ => new List<int>()).ToArray();
        var (rows, length) = (encoded.Length, encoded.Max(ids => ids.Length));
        var mask = Grid(encoded, length, (ids, i) => i < ids.Length ? 1 : 0);
        var state = decoder.Step(
            rows,
            Grid(encoded, length, (ids, i) => i < ids.Length ? ids[i] : tokenizer.IdOf(SpecialTokens.Pad)),
            Grid(encoded, length, (_, i) => i),
            mask,
            null);
        var next = encoded.Select((ids, row) => Best(state, row, ids.Length - 1)).ToArray();
        while (Take(next, answers))
        {
            mask = Widen(mask, rows);
            var positions = encoded.Select((ids, row) => (long)ids.Length + answers[row].Count - 1).ToArray();
            var following = decoder.Step(rows, [.. next.Select(id => (long)id)], positions, mask, state);
            state.Dispose();
            state = following;
            next = [.. Enumerable.Range(0, rows).Select(row => Best(state, row, 0))];
        }
        state.Dispose();
        return answers.Select(ids => tokenizer.Decode(ids.TakeWhile(id => id != tokenizer.IdOf(SpecialTokens.End))));
    }

    // Every row gets its token, finished ones too, so that positions stay simple; what follows the end is cut off later.
    private bool Take(int[] next, List<int>[] answers)
    {
        for (var row = 0; row < next.Length; row++)
            answers[row].Add(next[row]);
        return answers[0].Count < maximumNewTokens && answers.Any(ids => !ids.Contains(tokenizer.IdOf(SpecialTokens.End)));
    }

    private static int Best(DecoderState state, int row, int position) => TensorPrimitives.IndexOfMax(state.Logits(row, position));

    private static long[] Grid(int[][] encoded, int length, Func<int[], int, long> cell) =>
        [.. encoded.SelectMany(ids => Enumerable.Range(0, length).Select(i => cell(ids, i)))];

    private static long[] Widen(long[] mask, int rows) => [.. mask.Chunk(mask.Length / rows).SelectMany(row => row.Append(1L))];
}
