using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RailCluster.Evaluation;
using RailCluster.Generation;

namespace RailCluster.Benchmarks;

/// <summary>
/// Calls <c>Run</c> with the shapes and lengths that the engine ran, and does nothing else: no queue, no sampling, no text. What the engine needs
/// beyond it is the engine's own cost. All memory is taken and all shapes are bound before the clock starts.
/// </summary>
internal sealed class BareLoop : IDisposable
{
    private readonly InferenceSession _session;
    private readonly GraphSignature _signature;
    private readonly RunOptions _options = new();
    private readonly List<NativeBuffer> _memory = [];
    private readonly List<OrtValue> _values = [];

    public BareLoop(string graph, int threads)
    {
        _signature = GraphSigner.Sign(OnnxGraphReader.Read(graph), new GraphNames());
        using SessionOptions options = SessionSetup.For(new ComputeDevice(), threads);
        _session = new InferenceSession(graph, options);
    }

    /// <summary>Repeats runs.</summary>
    /// <returns>Seconds.</returns>
    public double Repeat(IReadOnlyList<(RunShape Shape, int[] Seen)> runs)
    {
        NativeBuffer mask = Take(runs.Max(run => (long)run.Shape.Rows * run.Shape.Width) * 8);
        Dictionary<RunShape, OrtIoBinding> bound = Bind([.. runs.Select(run => run.Shape).Distinct()], mask);
        // The first run of a shape plans its memory.
        Run(runs.DistinctBy(run => run.Shape), bound, mask);
        long started = Stopwatch.GetTimestamp();
        Run(runs, bound, mask);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (OrtIoBinding binding in bound.Values)
            binding.Dispose();
        Release();
        return seconds;
    }

    public void Dispose()
    {
        Release();
        _options.Dispose();
        _session.Dispose();
    }

    private void Run(IEnumerable<(RunShape Shape, int[] Seen)> runs, Dictionary<RunShape, OrtIoBinding> bound, NativeBuffer mask)
    {
        foreach ((RunShape shape, int[] seen) in runs)
        {
            Fill(mask, shape, seen);
            _session.RunWithBinding(_options, bound[shape]);
        }
    }

    private static void Fill(NativeBuffer mask, RunShape shape, int[] seen)
    {
        Span<long> ones = mask.Slice<long>(0, shape.Rows * shape.Width);
        ones.Clear();
        for (int row = 0; row < seen.Length; row++)
            ones.Slice(row * shape.Width, seen[row]).Fill(1);
    }

    private Dictionary<RunShape, OrtIoBinding> Bind(RunShape[] shapes, NativeBuffer mask)
    {
        KvLayout cache = _signature.Cache;
        NativeBuffer tokens = Take(shapes.Max(shape => (long)shape.Rows * shape.Columns) * 8);
        NativeBuffer logits = Take(shapes.Max(shape => (long)shape.Rows * shape.Columns) * _signature.Vocabulary!.Value * 4);
        NativeBuffer[] past = Each(shapes.Max(shape => cache.RowBytes * shape.Rows * shape.Past));
        NativeBuffer[] present = shapes.All(shape => shape.Shared) ? past : Each(shapes.Max(shape => cache.RowBytes * shape.Rows * shape.Present));
        var bound = new Dictionary<RunShape, OrtIoBinding>();
        foreach (RunShape shape in shapes)
        {
            OrtIoBinding io = bound[shape] = _session.CreateIoBinding();
            io.BindInput(_signature.Names.InputIds, View(tokens, TensorElementType.Int64, [shape.Rows, shape.Columns]));
            io.BindInput(_signature.Names.AttentionMask, View(mask, TensorElementType.Int64, [shape.Rows, shape.Width]));
            if (_signature.HasPositions)
                io.BindInput(_signature.Names.PositionIds, View(tokens, TensorElementType.Int64, [shape.Rows, shape.Columns]));
            io.BindOutput(_signature.Names.Logits, View(logits, TensorElementType.Float, [shape.Rows, shape.Columns, _signature.Vocabulary!.Value]));
            for (int i = 0; i < past.Length; i++)
            {
                io.BindInput(_signature.PastNames[i], View(past[i], cache.Type, cache.Shape(shape.Rows, shape.Past)));
                io.BindOutput(_signature.PresentNames[i], View(present[i], cache.Type, cache.Shape(shape.Rows, shape.Present)));
            }
        }

        return bound;
    }

    private NativeBuffer[] Each(long bytes) => [.. _signature.PastNames.Select(_ => Take(bytes))];

    private NativeBuffer Take(long bytes)
    {
        var buffer = new NativeBuffer(bytes);
        _memory.Add(buffer);
        return buffer;
    }

    private OrtValue View(NativeBuffer buffer, TensorElementType type, long[] shape)
    {
        OrtValue value = buffer.View(type, shape);
        _values.Add(value);
        return value;
    }

    private void Release()
    {
        foreach (OrtValue value in _values)
            value.Dispose();
        foreach (NativeBuffer buffer in _memory)
            buffer.Dispose();
        _values.Clear();
        _memory.Clear();
    }
}
