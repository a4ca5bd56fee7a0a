using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using RailCluster.Training.Onnx;

namespace RailCluster.Training;

/// <summary>Collects nodes, constants, inputs and outputs of an ONNX graph (opset 17). Values are named as they are made.</summary>
internal sealed class GraphBuilder(string name)
{
    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private int _next;

    public ModelProto ToModel()
    {
        var model = new ModelProto { IrVersion = 8, ProducerName = "RailCluster.Training", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = 17 });
        foreach (var domain in _graph.Node.Select(node => node.Domain).Where(domain => domain.Length > 0).Distinct().Order(StringComparer.Ordinal))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        return model;
    }

    public void Input(string name, TensorProto.Types.DataType type, params object[] shape) =>
        _graph.Input.Add(Describe(name, type, shape));

    /// <summary>Gives a value its public name.</summary>
    public void Output(string value, string name, params object[] shape)
    {
        Emit("Identity", name, [value], []);
        Expose(name, shape);
    }

    /// <summary>Gives out a value under the name that it has.</summary>
    public void Expose(string name, params object[] shape) => _graph.Output.Add(Describe(name, TensorProto.Types.DataType.Float, shape));

    public string Weight(string name, WeightArray array)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)TensorProto.Types.DataType.Float };
        tensor.Dims.AddRange(array.Shape);
        tensor.RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(array.Values.AsSpan()));
        _graph.Initializer.Add(tensor);
        return name;
    }

    public string Scalar(float value) => Constant(
        "f" + value.ToString("R", CultureInfo.InvariantCulture), [], TensorProto.Types.DataType.Float, MemoryMarshal.AsBytes([value]));

    public string Integer(long value) => Constant(
        "i" + value.ToString(CultureInfo.InvariantCulture), [], TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes([value]));

    public string Integers(params long[] values) => Constant(
        "v" + string.Join('_', values), [values.Length], TensorProto.Types.DataType.Int64, MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>A node with one output and no attributes.</summary>
    public string Node(string type, params string[] inputs) => Node(type, inputs, []);

    public string Node(string type, string[] inputs, AttributeProto[] attributes)
    {
        var output = $"{type.ToLowerInvariant()}_{_next++}";
        Emit(type, output, inputs, attributes);
        return output;
    }

    /// <summary>A node of another domain, with outputs of the names given.</summary>
    public void Node(string type, string domain, string[] inputs, string[] outputs, AttributeProto[] attributes)
    {
        var node = new NodeProto { OpType = type, Domain = domain, Name = "node_" + outputs[0] };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        node.Attribute.AddRange(attributes);
        _graph.Node.Add(node);
    }

    public string Cast(string value, TensorProto.Types.DataType type) => Node("Cast", [value], [Attribute("to", (long)type)]);

    public string Concat(long axis, params string[] values) => Node("Concat", values, [Attribute("axis", axis)]);

    public string Transpose(string value, params long[] order) => Node("Transpose", [value], [Attribute("perm", order)]);

    public string Reshape(string value, params long[] shape) => Node("Reshape", value, Integers(shape));

    public string Unsqueeze(string value, params long[] axes) => Node("Unsqueeze", value, Integers(axes));

    /// <summary>One dimension of a value's shape, as a scalar.</summary>
    public string Dimension(string value, long axis) => Node("Gather", Node("Shape", value), Integer(axis));

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, params long[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        attribute.Ints.AddRange(values);
        return attribute;
    }

    private string Constant(string key, long[] shape, TensorProto.Types.DataType type, ReadOnlySpan<byte> data)
    {
        if (_constants.TryGetValue(key, out var known))
            return known;
        var tensor = new TensorProto { Name = "const_" + key, DataType = (int)type, RawData = ByteString.CopyFrom(data) };
        tensor.Dims.AddRange(shape);
        _graph.Initializer.Add(tensor);
        return _constants[key] = tensor.Name;
    }

    private void Emit(string type, string output, string[] inputs, AttributeProto[] attributes) => Node(type, "", inputs, [output], attributes);

    private static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, object[] shape)
    {
        var described = new TensorShapeProto();
        foreach (var side in shape)
        {
            described.Dim.Add(side is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(side, CultureInfo.InvariantCulture) });
        }
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = described } },
        };
    }
}
