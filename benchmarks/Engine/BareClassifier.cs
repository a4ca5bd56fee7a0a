using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using RailCluster.Evaluation;
using RailCluster.Scoring;

namespace RailCluster.Benchmarks;

/// <summary>Calls <c>Run</c> with the padded batches that the scorer ran, and does nothing else: no texts, no queue, no scores. All memory is taken before the clock starts.</summary>
internal sealed class BareClassifier(string graph, int threads) : IDisposable
{
    private static readonly string[] Outputs = ["logits"];

    private readonly InferenceSession _session = DeviceSession.Load(graph, new ComputeDevice(), threads);
    private readonly RunOptions _options = new();

    /// <summary>Repeats runs.</summary>
    /// <returns>Seconds.</returns>
    public double Repeat(IReadOnlyList<(int Rows, int Width)> runs)
    {
        string[] names = [.. _session.InputMetadata.Keys];
        Dictionary<(int, int), OrtValue[]> inputs = runs.Distinct().ToDictionary(run => run, run => names.Select(name => Input(name, run.Rows, run.Width)).ToArray());
        foreach (OrtValue[] values in inputs.Values)
            _session.Run(_options, names, values, Outputs).Dispose();
        long started = Stopwatch.GetTimestamp();
        foreach ((int, int) run in runs)
            _session.Run(_options, names, inputs[run], Outputs).Dispose();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (OrtValue value in inputs.Values.SelectMany(values => values))
            value.Dispose();
        return seconds;
    }

    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }

    private static OrtValue Input(string name, int rows, int width) => OrtValue.CreateTensorValueFromMemory(
        [.. Enumerable.Range(0, rows * width).Select(i => name == "input_ids" ? i * 7919L % 2000 : name == "attention_mask" ? 1 : (i % width) * 2 / width)], [rows, width]);
}
