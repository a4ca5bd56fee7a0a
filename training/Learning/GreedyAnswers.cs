using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Answers prompts greedily inside the trainer, to measure a checkpoint before it is exported.</summary>
internal static class GreedyAnswers
{
    private const int Batch = 64;

    public static IEnumerable<string> Of(Decoder decoder, BytePairTokenizer tokenizer, IEnumerable<string> prompts, int most = 96)
    {
        decoder.eval();
        return prompts.Chunk(Batch).SelectMany(chunk => Answer(decoder, tokenizer, [.. chunk.Select(prompt => tokenizer.EncodePrompt(prompt).ToList())], most));
    }

    private static IEnumerable<string> Answer(Decoder decoder, BytePairTokenizer tokenizer, List<List<int>> rows, int most)
    {
        using var _ = no_grad();
        var starts = rows.ConvertAll(row => row.Count);
        for (var step = 0; step < most && rows.Exists(row => row[^1] != tokenizer.EndId); step++)
        {
            using var scope = NewDisposeScope();
            var length = rows.Max(row => row.Count);
            var ids = new long[rows.Count, length];
            for (var row = 0; row < rows.Count; row++)
                for (var column = 0; column < rows[row].Count; column++) ids[row, column] = rows[row][column];
            var best = decoder.forward(tensor(ids)).argmax(-1);
            foreach (var (row, index) in rows.Select((row, index) => (row, index)).Where(pair => pair.row[^1] != tokenizer.EndId))
                row.Add((int)best[index, row.Count - 1].item<long>());
        }

        return rows.Select((row, index) => tokenizer.Decode(row.Skip(starts[index]).Where(id => id != tokenizer.EndId)));
    }
}
