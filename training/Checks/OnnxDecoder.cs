using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Training;

/// <summary>Runs an exported graph with its cache. One step takes a right-padded batch; the mask says what is real.</summary>
public sealed class OnnxDecoder : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _cacheInputs;
    private readonly string[] _outputs;
    private readonly int _keyValueHeads;
    private readonly int _headSize;

    /// <summary>Loads a graph; <paramref name="threads"/> bounds what one operator may use.</summary>
    public OnnxDecoder(string graph, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(graph, options);
        _cacheInputs = [.. _session.InputNames.Where(name => name.StartsWith("past_key_values.", StringComparison.Ordinal))];
        _outputs = ["logits", .. _cacheInputs.Select(name => name.Replace("past_key_values", "present", StringComparison.Ordinal))];
        var shape = _session.InputMetadata[_cacheInputs[0]].Dimensions;
        (_keyValueHeads, _headSize) = (shape[1], shape[3]);
    }

    /// <summary>
    /// One step. <paramref name="tokens"/> and <paramref name="positions"/> are [rows, length], <paramref name="mask"/> is
    /// [rows, past + length]; <paramref name="past"/> is the state that the step before returned, or null at first.
    /// </summary>
    public DecoderState Step(int rows, long[] tokens, long[] positions, long[] mask, DecoderState? past)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(mask);
        long length = tokens.Length / rows, total = mask.Length / rows;
        var fed = new List<OrtValue>
        {
            OrtValue.CreateTensorValueFromMemory(tokens, [rows, length]),
            OrtValue.CreateTensorValueFromMemory(mask, [rows, total]),
            OrtValue.CreateTensorValueFromMemory(positions, [rows, length]),
        };
        var empty = past is null ? _cacheInputs.Select(_ => EmptyCache(rows)).ToList() : [];
        try
        {
            using var options = new RunOptions();
            return new DecoderState(_session.Run(
                options, ["input_ids", "attention_mask", "position_ids", .. _cacheInputs], [.. fed, .. past?.Cache ?? empty], _outputs));
        }
        finally
        {
            foreach (var value in fed.Concat(empty))
                value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private OrtValue EmptyCache(int rows) =>
        OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [rows, _keyValueHeads, 0, _headSize]);
}
