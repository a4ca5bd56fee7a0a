using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace RailCluster.Training;

/// <summary>Proves that an exported graph computes what the trainer computes.</summary>
public static class ExportCheck
{
    /// <summary>Largest difference of a logit that is still put down to rounding.</summary>
    public const float Tolerance = 1e-4f;

    /// <summary>Compares logits of one prompt.</summary>
    /// <exception cref="InvalidOperationException">They differ by more than <see cref="Tolerance"/>.</exception>
    public static void Run(string folder, DecoderWeights weights, BpeTokenizer tokenizer, string prompt)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var trained = new Decoder(weights);
        using var exported = new OnnxDecoder(ModelFolder.Graph(folder), 1);
        var ids = ChatFormat.EncodePrompt(tokenizer, prompt).Select(id => (long)id).ToArray();
        var expected = trained.Logits(tensor(ids, [1, ids.Length])).data<float>().ToArray();
        long[] positions = [.. Enumerable.Range(0, ids.Length)];
        using var state = exported.Step(1, ids, positions, [.. ids.Select(_ => 1L)], null);
        var width = expected.Length / ids.Length;
        for (var i = 0; i < ids.Length; i++)
        {
            var far = TensorPrimitives.Distance(state.Logits(0, i), expected.AsSpan(i * width, width));
            if (!(far <= Tolerance * MathF.Sqrt(width)))
                throw new InvalidOperationException($"{folder}: logits at position {i} are {far} away from the trainer's.");
        }
    }
}
