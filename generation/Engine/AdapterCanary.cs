using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Contracts;

namespace RailCluster.Generation;

/// <summary>Proves that an adapter is felt: what a graph does not take up, it does not mention.</summary>
internal static class AdapterCanary
{
    private const string Name = "adapter";

    /// <summary>Compares logits under the adapter with the base's own; a failure never throws, cancelling does.</summary>
    public static Canary Run(LoadedModel model, AdapterWeights adapter, CancellationToken cancellationToken)
    {
        // The base against itself: on some devices no two runs are alike.
        (double moved, double noise) = (0, 0);
        try
        {
            int[][] prompts = [.. Prompts(model)];
            if (prompts.Length == 0)
                return new Canary(Name, false, "no text can be put to this model");
            foreach (int[] prompt in prompts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                float[] without = Logits(model, null, prompt);
                noise = Math.Max(noise, Distance(without, Logits(model, null, prompt)));
                moved = Math.Max(moved, Distance(without, Logits(model, adapter, prompt)));
            }
        }
        catch (OnnxRuntimeException e)
        {
            return new Canary(Name, false, $"the graph fails under the adapter: {e.Message.Split('\n')[0]}");
        }
        finally
        {
            model.Session.Adapter = adapter;
        }

        return Judge(moved, noise);
    }

    private static Canary Judge(double moved, double noise)
    {
        if (!double.IsFinite(moved) || !double.IsFinite(noise))
            return new Canary(Name, false, "logits are no numbers, with the adapter or without it");
        return moved > noise
            ? new Canary(Name, true, FormattableString.Invariant($"logits differ from the base's by up to {moved:g3}"))
            : new Canary(Name, false, "the answers are the base's own: the adapter changes no logit, as one that was never trained does");
    }

    private static IEnumerable<int[]> Prompts(LoadedModel model)
    {
        int most = model.Folder.Config.ContextLength ?? int.MaxValue;
        return Canaries.Texts
            .Select(text => model.Tokenizer.Encode(text, addSpecialTokens: true))
            .Where(tokens => tokens.Length > 0 && tokens.All(id => id >= 0 && id < model.Vocabulary))
            .Select(tokens => tokens[..Math.Min(tokens.Length, most)]);
    }

    private static float[] Logits(LoadedModel model, AdapterWeights? adapter, int[] prompt)
    {
        model.Session.Adapter = adapter;
        using KvCache cache = model.Session.NewCache(model.CacheKind, 1);
        var block = new TokenBlock();
        block.Reset(0, 1, prompt.Length);
        block.Set(0, prompt);
        return model.Session.Run(cache, block).Row(0, prompt.Length - 1).ToArray();
    }

    // Not a number where either has one that is none.
    private static double Distance(float[] a, float[] b)
    {
        var differences = new float[a.Length];
        TensorPrimitives.Subtract(a, b, differences);
        return Math.Abs(TensorPrimitives.MaxMagnitude<float>(differences));
    }
}
