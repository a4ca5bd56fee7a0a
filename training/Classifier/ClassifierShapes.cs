namespace RailCluster.Training;

/// <summary>Names, shapes and first scales of a classifier's weights. Scale 0 means a bias, which begins at zero.</summary>
internal static class ClassifierShapes
{
    public const string Embedding = "embedding.weight";
    public const string Convolution = "convolution.weight";
    public const string ConvolutionBias = "convolution.bias";
    public const string Hidden = "hidden.weight";
    public const string HiddenBias = "hidden.bias";
    public const string Output = "output.weight";
    public const string OutputBias = "output.bias";

    /// <summary>Tokens that the convolution sees at a time; odd.</summary>
    public const int Window = 3;

    public static IEnumerable<(string Name, long[] Shape, double Scale)> Of(ClassifierConfig config)
    {
        long width = config.Width, channels = config.Channels, hidden = config.Hidden, outputs = ClassifierConfig.Outputs.Count;
        // Means of the answer and of the prompt, and the convolution's strongest in the answer.
        long pooled = (2 * width) + channels;
        yield return (Embedding, [config.VocabularySize, width], 0.3);
        yield return (Convolution, [channels, width, Window], 1 / Math.Sqrt(Window * width));
        yield return (ConvolutionBias, [channels], 0);
        yield return (Hidden, [hidden, pooled], 1 / Math.Sqrt(pooled));
        yield return (HiddenBias, [hidden], 0);
        yield return (Output, [outputs, hidden], 1 / Math.Sqrt(hidden));
        yield return (OutputBias, [outputs], 0);
    }
}
