using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A decoder graph in ONNX Runtime. One caller at a time.</summary>
internal sealed class DecoderSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly GraphSignature _signature;
    // Every error is thrown; ONNX Runtime's own lines on stderr would only stand beside it.
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    private readonly StepInputs _inputs;
    private readonly LogitsBuffer _logits;
    private readonly DeviceMemory? _memory;

    /// <summary>Loads a graph on a device.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="signature">What it asks for.</param>
    /// <param name="threads">Threads; 0 for the processors that this process may use.</param>
    /// <param name="device">What computes; null for the CPU.</param>
    /// <param name="memory">What ONNX Runtime calls the memory that shared slots lie in; null for the device's own where it has some.</param>
    /// <exception cref="OnnxRuntimeException">It does not load, or not run.</exception>
    public DecoderSession(string file, GraphSignature signature, int threads, ComputeDevice? device = null, string? memory = null)
    {
        _signature = signature;
        Device = device ??= new ComputeDevice();
        NativeHeap.Prepare();
        using SessionOptions options = SessionSetup.For(device, threads);
        _session = new InferenceSession(file, options);
        if (signature is { Kind: CacheKind.Shared, Cache.Combined: false } && (memory ?? SessionSetup.MemoryOf(device)) is { } name)
            _memory = new DeviceMemory(_session, name, device.Index, signature.Cache.Type, options);
        _inputs = new StepInputs(signature);
        _logits = new LogitsBuffer(signature.LogitsType, signature.Vocabulary ?? ProbeVocabulary());
    }

    /// <summary>Tokens that the logits rank.</summary>
    public int Vocabulary => _logits.Vocabulary;

    /// <summary>What computes.</summary>
    public ComputeDevice Device { get; }

    /// <summary>Is told of every run; null for nobody.</summary>
    public RunWatch? Watch { get; set; }

    /// <summary>What caches made from now on run under; null for the graph as it is. Whoever sets it disposes of it.</summary>
    public AdapterWeights? Adapter { get; set; }

    /// <summary>An empty cache for this graph.</summary>
    public KvCache NewCache(CacheKind kind, int slots) => kind switch
    {
        CacheKind.Shared when _memory is not null => new DeviceKvCache(_memory, _signature.Cache, _signature.PastNames.Length, slots),
        CacheKind.Shared => new SharedKvCache(_signature.Cache, _signature.PastNames.Length, slots),
        CacheKind.Padded => new PaddedKvCache(_signature.Cache, _signature.PastNames.Length, slots, _signature.Context ?? int.MaxValue),
        _ => new AppendingKvCache(_signature.Cache, _signature.PastNames.Length),
    };

    /// <summary>Runs new tokens of neighbouring slots and keeps their keys and values.</summary>
    /// <returns>The logits after each row's last token; valid, and free to change, until the next run.</returns>
    public LogitsBuffer Run(KvCache cache, TokenBlock block)
    {
        KvBinding binding = cache.Bind(block.First, block.Rows, block.Columns);
        OrtIoBinding io = binding.Session ??= Bound(binding);
        _inputs.Bind(io, cache, block, binding);
        _logits.Bind(io, _signature, block);
        _session.RunWithBinding(_run, io);
        if (Watch is not null)
            Tell(cache, block, binding);
        cache.Commit(block.First, block.Counts, block.Columns);
        return _logits;
    }

    private void Tell(KvCache cache, TokenBlock block, KvBinding binding)
    {
        Span<int> seen = stackalloc int[block.Rows];
        for (int row = 0; row < block.Rows; row++)
            seen[row] = cache.Length(block.First + row) + Math.Max(block.Counts[row], 1);
        Watch!(new RunShape(block.Rows, block.Columns, binding.Width, binding.PastPositions, binding.PresentPositions, binding.IsShared), seen);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inputs.Dispose();
        _logits.Dispose();
        _run.Dispose();
        _memory?.Dispose();
        _session.Dispose();
        NativeHeap.GiveBack();
    }

    private OrtIoBinding Bound(KvBinding binding)
    {
        OrtIoBinding io = _session.CreateIoBinding();
        for (int i = 0; i < binding.Past.Length; i++)
        {
            io.BindInput(_signature.PastNames[i], binding.Past[i]);
            io.BindOutput(_signature.PresentNames[i], binding.Present[i]);
        }

        Adapter?.Bind(io);
        return io;
    }

    // Where the graph leaves it free, its logits show it.
    private int ProbeVocabulary()
    {
        using var cache = new AppendingKvCache(_signature.Cache, _signature.PastNames.Length);
        var block = new TokenBlock();
        block.Reset(0, 1, 1);
        block.Set(0, 0);
        KvBinding binding = cache.Bind(0, 1, 1);
        OrtIoBinding io = binding.Session = Bound(binding);
        _inputs.Bind(io, cache, block, binding);
        io.BindOutputToDevice(_signature.Names.Logits, OrtMemoryInfo.DefaultInstance);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.RunWithBoundResults(_run, io);
        string[] names = io.GetOutputNames();
        return (int)outputs[Array.IndexOf(names, _signature.Names.Logits)].GetTensorTypeAndShape().Shape[^1];
    }
}
