using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>A decoder graph in ONNX Runtime: runs a prompt, or one step of every row. One caller at a time.</summary>
internal sealed class DecoderSession : IDisposable
{
    // A long prompt goes in parts, so that its logits do not fill memory and cancelling is prompt.
    private const int PromptPart = 512;

    private readonly InferenceSession _session;
    private readonly GraphSignature _signature;
    // Every error is thrown; ONNX Runtime's own lines on stderr would only stand beside it.
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private float[] _logits = [];

    /// <summary>Loads a graph on the CPU.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="signature">What it asks for.</param>
    /// <param name="threads">Threads; 0 for ONNX Runtime's own choice.</param>
    /// <exception cref="OnnxRuntimeException">It does not load.</exception>
    public DecoderSession(string file, GraphSignature signature, int threads)
    {
        _signature = signature;
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        // Spinning threads would take the cores that the silo beside the engine needs.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (threads > 0)
            options.IntraOpNumThreads = threads;
        _session = new InferenceSession(file, options);
        string[] tokens = signature.HasPositions ? ["input_ids", "attention_mask", "position_ids"] : ["input_ids", "attention_mask"];
        _inputs = [.. tokens, .. signature.LogitsToKeep is { } keep ? [keep] : Array.Empty<string>(), .. signature.PastNames];
        _outputs = ["logits", .. signature.PresentNames];
    }

    /// <summary>Tokens that the logits rank; 0 before the first prompt where the graph leaves it free.</summary>
    public int Vocabulary { get; private set; }

    /// <summary>Runs a prompt and adds it to the cache as a new last row.</summary>
    /// <returns>The logits after its last token.</returns>
    public float[] Prefill(IReadOnlyList<int> prompt, KvCache cache, CancellationToken cancellationToken)
    {
        IReadOnlyList<OrtValue> past = EmptyPast();
        try
        {
            float[] logits = [];
            for (int done = 0; done < prompt.Count; done += PromptPart)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(PromptPart, prompt.Count - done);
                (logits, OrtValue[] present) = PrefillPart(prompt, done, count, past);
                DisposeAll(past);
                past = present;
            }

            cache.Add(past, prompt.Count);
            return logits;
        }
        finally
        {
            DisposeAll(past);
        }
    }

    /// <summary>Runs one step: each row's newest token, in cache order.</summary>
    /// <returns>Logits [rows, vocabulary]; valid, and free to change, until the next call.</returns>
    public Memory<float> Step(ReadOnlySpan<int> tokens, KvCache cache)
    {
        int rows = cache.Rows;
        (OrtValue[] past, OrtValue[] present) = cache.Bind();
        int columns = cache.Past + 1;
        var ids = new long[rows];
        var positions = new long[rows];
        var mask = new long[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            ids[row] = tokens[row];
            positions[row] = cache.Length(row);
            mask.AsSpan(row * columns, cache.Length(row)).Fill(1);
            mask[row * columns + cache.Past] = 1;
        }

        if (_logits.Length < rows * Vocabulary)
            _logits = new float[rows * Vocabulary];
        Memory<float> logits = _logits.AsMemory(0, rows * Vocabulary);
        using OrtValue output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, logits, [rows, 1, Vocabulary]);
        OrtValue[] head = Tokens(ids, mask, positions, rows, 1, columns);
        try
        {
            _session.Run(_run, _inputs, [.. head, .. past], _outputs, [output, .. present]);
        }
        finally
        {
            DisposeAll(head);
        }

        cache.Advance();
        return logits;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private (float[] Logits, OrtValue[] Present) PrefillPart(IReadOnlyList<int> prompt, int start, int count, IReadOnlyList<OrtValue> past)
    {
        var ids = new long[count];
        var positions = new long[count];
        var mask = new long[start + count];
        Array.Fill(mask, 1);
        for (int i = 0; i < count; i++)
            (ids[i], positions[i]) = (prompt[start + i], start + i);
        OrtValue[] head = Tokens(ids, mask, positions, 1, count, start + count);
        try
        {
            OrtValue[] outputs = [.. _session.Run(_run, _inputs, [.. head, .. past], _outputs)];
            ReadOnlySpan<float> all = outputs[0].GetTensorDataAsSpan<float>();
            Vocabulary = (int)outputs[0].GetTensorTypeAndShape().Shape[^1];
            float[] logits = all[^Vocabulary..].ToArray();
            outputs[0].Dispose();
            return (logits, outputs[1..]);
        }
        finally
        {
            DisposeAll(head);
        }
    }

    private OrtValue[] Tokens(long[] ids, long[] mask, long[] positions, int rows, int columns, int maskColumns)
    {
        var values = new List<OrtValue>
        {
            OrtValue.CreateTensorValueFromMemory(ids, [rows, columns]),
            OrtValue.CreateTensorValueFromMemory(mask, [rows, maskColumns]),
        };
        if (_signature.HasPositions)
            values.Add(OrtValue.CreateTensorValueFromMemory(positions, [rows, columns]));
        if (_signature.LogitsToKeep is not null)
            values.Add(OrtValue.CreateTensorValueFromMemory(new long[] { 1 }, KeepShape()));
        return [.. values];
    }

    // Exports differ in whether the number is a scalar.
    private long[] KeepShape() => _session.InputMetadata[_signature.LogitsToKeep!].Dimensions.Length == 0 ? [] : [1];

    private OrtValue[] EmptyPast() =>
        [.. _signature.PastNames.Select(_ => OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [1, _signature.KvHeads, 0, _signature.HeadDim]))];

    private static void DisposeAll(IEnumerable<OrtValue> values)
    {
        foreach (OrtValue value in values)
            value.Dispose();
    }
}
