namespace RailCluster.Training;

/// <summary>Names, shapes and first scales of a decoder's weights. Scale 0 means a norm, which begins at one.</summary>
internal static class DecoderShapes
{
    private const double Scale = 0.02;

    public static IEnumerable<(string Name, long[] Shape, double Scale)> Of(DecoderConfig config)
    {
        long hidden = config.HiddenSize, shared = (long)config.KeyValueHeads * config.HeadSize, wide = config.FeedForwardSize;
        // What writes into the residual stream begins smaller, so that its variance does not grow with depth.
        var residual = Scale / Math.Sqrt(2.0 * config.Layers);
        yield return (WeightNames.Embedding, [config.VocabularySize, hidden], Scale);
        for (var layer = 0; layer < config.Layers; layer++)
        {
            yield return (WeightNames.AttentionNorm(layer), [hidden], 0);
            yield return (WeightNames.Query(layer), [hidden, hidden], Scale * 2);
            yield return (WeightNames.Key(layer), [shared, hidden], Scale * 2);
            yield return (WeightNames.Value(layer), [shared, hidden], Scale * 2);
            yield return (WeightNames.Output(layer), [hidden, hidden], residual);
            yield return (WeightNames.FeedForwardNorm(layer), [hidden], 0);
            yield return (WeightNames.Gate(layer), [wide, hidden], Scale * 2);
            yield return (WeightNames.Up(layer), [wide, hidden], Scale * 2);
            yield return (WeightNames.Down(layer), [hidden, wide], residual);
        }
        yield return (WeightNames.FinalNorm, [hidden], 0);
    }
}
