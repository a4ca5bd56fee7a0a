using System.Runtime.InteropServices;

namespace RailCluster.Generation.Tests;

/// <summary>Builds ONNX files node by node; field numbers are those of onnx.proto.</summary>
internal sealed class OnnxGraphBuilder
{
    public const int Float = 1;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Bool = 9;
    public const int Half = 10;
    public const int BFloat = 16;

    private readonly ProtoWriter _graph = new();
    private readonly List<byte> _outside = [];
    private int _names;

    /// <summary>Where weights go that are not to be in the graph file; null for all in it.</summary>
    public string? ExternalFile { get; init; }

    /// <summary>In front of names that nobody gave, for a graph that is put together from several.</summary>
    public string Prefix { get; init; } = "";

    public byte[] External => [.. _outside];

    public void Input(string name, int type, params object[] shape) => Value(11, name, type, shape);

    public void Output(string name, int type, params object[] shape) => Value(12, name, type, shape);

    public string Weights(string name, float[] values, params long[] shape)
    {
        byte[] bytes = MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        _graph.Message(5, tensor =>
        {
            foreach (long size in shape)
                tensor.Number(1, size);
            tensor.Number(2, Float).Text(8, name);
            if (ExternalFile is null)
            {
                tensor.Bytes(9, bytes);
                return;
            }

            void Entry(string key, string value) => tensor.Message(13, entry => entry.Text(1, key).Text(2, value));
            Entry("location", ExternalFile);
            Entry("offset", _outside.Count.ToString());
            Entry("length", bytes.Length.ToString());
            tensor.Number(14, 1);
            _outside.AddRange(bytes);
        });
        return name;
    }

    /// <summary>Weights that are all zero, in the graph file.</summary>
    public void Zeros(string name, int type, params long[] shape) => _graph.Message(5, tensor =>
    {
        foreach (long size in shape)
            tensor.Number(1, size);
        tensor.Number(2, type).Text(8, name).Bytes(9, new byte[shape.Aggregate(type == Half ? 2L : 4L, (bytes, size) => bytes * size)]);
    });

    public string Integers(params long[] values) => Constant(values, [values.Length]);

    public string Scalar(long value) => Constant([value], []);

    public string Node(string type, string[] inputs, string? output = null, string domain = "", params (string Name, long[] Values)[] attributes)
    {
        output ??= $"{Prefix}t{_names++}";
        Node(type, inputs, [output], domain, attributes);
        return output;
    }

    public void Node(string type, string[] inputs, string[] outputs, string domain, params (string Name, long[] Values)[] attributes) =>
        Node(type, inputs, outputs, domain, attributes, _ => { });

    private void Node(string type, string[] inputs, string[] outputs, string domain, (string Name, long[] Values)[] attributes, Action<ProtoWriter> more) =>
        _graph.Message(1, node =>
        {
            foreach (string input in inputs)
                node.Text(1, input);
            foreach (string output in outputs)
                node.Text(2, output);
            node.Text(4, type);
            foreach ((string name, long[] values) in attributes)
                node.Message(5, attribute => WriteAttribute(attribute, name, values));
            if (domain.Length > 0)
                node.Text(7, domain);
            more(node);
        });

    /// <summary>A node with another graph inside.</summary>
    public void Host(string type, string[] inputs, string output, string domain, string inner, byte[] graph, params (string Name, long[] Values)[] attributes) =>
        Node(type, inputs, [output], domain, attributes, node => node.Message(5, attribute => attribute.Text(1, inner).Bytes(6, graph).Number(20, 5)));

    /// <summary>The graph alone, for a node that has it inside.</summary>
    public byte[] BuildGraph() => _graph.Text(2, "decoder").ToArray();

    public byte[] Build() => new ProtoWriter()
        .Number(1, 8)
        .Bytes(7, BuildGraph())
        .Message(8, opset => opset.Text(1, "").Number(2, 17))
        .Message(8, opset => opset.Text(1, "com.microsoft").Number(2, 1))
        .ToArray();

    private static void WriteAttribute(ProtoWriter attribute, string name, long[] values)
    {
        attribute.Text(1, name);
        if (name == "scale")
        {
            // The one attribute in use that is a float; its bits stand in a fixed field.
            attribute.Float(2, values[0]).Number(20, 1);
            return;
        }

        if (values.Length == 1)
        {
            attribute.Number(3, values[0]).Number(20, 2);
            return;
        }

        foreach (long value in values)
            attribute.Number(8, value);
        attribute.Number(20, 7);
    }

    private string Constant(long[] values, long[] shape)
    {
        string name = $"{Prefix}c{_names++}";
        _graph.Message(5, tensor =>
        {
            foreach (long size in shape)
                tensor.Number(1, size);
            tensor.Number(2, Int64).Text(8, name).Bytes(9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        });
        return name;
    }

    private void Value(int field, string name, int type, object[] shape) => _graph.Message(field, value => value
        .Text(1, name)
        .Message(2, kind => kind.Message(1, tensor => tensor
            .Number(1, type)
            .Message(2, dims =>
            {
                foreach (object size in shape)
                    dims.Message(1, dim => _ = size is int number ? dim.Number(1, number) : dim.Text(2, (string)size));
            }))));
}
