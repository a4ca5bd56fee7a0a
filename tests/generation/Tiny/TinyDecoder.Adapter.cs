using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace RailCluster.Generation.Tests;

/// <summary>Low-rank additions to queries and values, in the graph as inputs with defaults and in the reference as what is active.</summary>
internal sealed partial class TinyDecoder
{
    private static readonly string[] Adaptable = ["q", "v"];

    private Dictionary<string, float[]> _active = [];

    /// <summary>Of the low-rank additions that the graph takes; 0 for a graph that takes none.</summary>
    public int Rank { get; init; }

    /// <summary>Of the adapter inputs.</summary>
    public int AdapterType { get; init; } = OnnxGraphBuilder.Float;

    /// <summary>Whether the graph leaves the rank to the adapter.</summary>
    public bool FreeRank { get; init; }

    /// <summary>An adapter with seeded weights; of strength 0 it changes nothing.</summary>
    public AdapterFile NewAdapter(int seed, double strength = 0.3)
    {
        var random = new Random(seed);
        return new AdapterFile([.. AdapterNames().Select(name => Parameter(
            name, Shape(name), [.. Enumerable.Range(0, Rank * Width).Select(_ => (float)((random.NextDouble() * 2 - 1) * (name.EndsWith('B') ? strength : 0.5)))]))]);
    }

    public static AdapterParameter Parameter(string name, ImmutableArray<long> shape, float[] values) =>
        new(name, "fp32", shape, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    /// <summary>The same in half precision.</summary>
    public static AdapterFile Halved(AdapterFile adapter) => adapter with
    {
        Parameters = [.. adapter.Parameters.Select(parameter => parameter with
        {
            Type = "fp16",
            Data = MemoryMarshal.AsBytes<Half>([.. Floats(parameter).Select(value => (Half)value)]).ToArray(),
        })],
    };

    /// <summary>Makes the reference compute with an adapter; null for the base alone.</summary>
    public void Activate(AdapterFile? adapter) => _active = adapter?.Parameters.ToDictionary(
        parameter => parameter.Name, Floats) ?? [];

    private static float[] Floats(AdapterParameter parameter) => parameter.Type == "fp16"
        ? [.. MemoryMarshal.Cast<byte, Half>(parameter.Data.Span).ToArray().Select(value => (float)value)]
        : MemoryMarshal.Cast<byte, float>(parameter.Data.Span).ToArray();

    private IEnumerable<string> AdapterNames() =>
        from layer in Enumerable.Range(0, Layers) from name in Adaptable from side in new[] { "A", "B" } select $"{name}{layer}.lora_{side}";

    private ImmutableArray<long> Shape(string name) => name.EndsWith('A') ? [Width, Rank] : [Rank, Width];

    private void DeclareAdapterInputs()
    {
        if (Rank == 0)
            return;
        foreach (string name in AdapterNames())
        {
            _g.Input(name, AdapterType, [.. Shape(name).Select(size => size == Rank && FreeRank ? "rank" : (object)(int)size)]);
            _g.Zeros(name, AdapterType, [.. Shape(name)]);
        }
    }

    private string Adapted(string name, int layer, string x, string projected) => Rank == 0 || !Adaptable.Contains(name)
        ? projected
        : _g.Node("Add", [projected, _g.Node("MatMul", [_g.Node("MatMul", [x, Single($"{name}{layer}.lora_A")]), Single($"{name}{layer}.lora_B")])]);

    private string Single(string input) => AdapterType == OnnxGraphBuilder.Float ? input : Cast(input, OnnxGraphBuilder.Float);

    private double[] Project(double[] row, string name)
    {
        double[] plain = Times(row, _weights[name], Width);
        return _active.TryGetValue($"{name}.lora_A", out float[]? a)
            ? Add(plain, Times(Times(row, a, a.Length / Width), _active[$"{name}.lora_B"], Width))
            : plain;
    }
}
