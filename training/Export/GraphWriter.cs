using System.Runtime.InteropServices;
using Google.Protobuf;
using RailCluster.Training.Onnx;

namespace RailCluster.Training;

/// <summary>Writes an ONNX graph node by node; every method returns the name of the value it makes.</summary>
internal sealed class GraphWriter(string name)
{
    public const int Float = 1;
    public const int Int64 = 7;
    public const int Bool = 9;

    private const int OpsetVersion = 17;
    private const int IrVersion = 8;
    private const int IntAttribute = 2;
    private const int FloatAttribute = 1;
    private const int IntsAttribute = 7;

    private readonly GraphProto _graph = new() { Name = name };
    private readonly Dictionary<string, string> _constants = [];
    private int _values;

    /// <summary>Declares an input; a dimension is a number or a symbol.</summary>
    public string Input(string input, int type, params object[] shape)
    {
        _graph.Input.Add(Value(input, type, shape));
        return input;
    }

    /// <summary>Declares an output and gives a value that name.</summary>
    public void Output(string output, string value, int type, params object[] shape)
    {
        Add("Identity", [value], [output]);
        _graph.Output.Add(Value(output, type, shape));
    }

    /// <summary>Stores weights.</summary>
    public string Weights(string weights, float[] data, params long[] shape)
    {
        Store(weights, Float, MemoryMarshal.AsBytes(data.AsSpan()), shape);
        return weights;
    }

    /// <summary>A constant list of integers; the same list is stored once.</summary>
    public string Ints(params long[] data) => Constant($"ints_{string.Join('_', data)}", Int64, MemoryMarshal.AsBytes(data.AsSpan()), [data.Length]);

    /// <summary>A constant integer without dimensions.</summary>
    public string Int(long data) => Constant($"int_{data}", Int64, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in data)), []);

    /// <summary>A constant number without dimensions.</summary>
    public string Number(float data) =>
        Constant(FormattableString.Invariant($"number_{data}"), Float, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in data)), []);

    /// <summary>Adds a node with one output.</summary>
    public string Node(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"v{++_values}_{op}";
        Add(op, inputs, [output], attributes);
        return output;
    }

    /// <summary>Adds a node with two outputs.</summary>
    public (string First, string Second) Pair(string op, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = $"v{++_values}_{op}";
        Add(op, inputs, [output + "_a", output + "_b"], attributes);
        return (output + "_a", output + "_b");
    }

    /// <summary>Writes the model file.</summary>
    public void Save(string file)
    {
        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "railcluster", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = OpsetVersion });
        using var stream = File.Create(file);
        model.WriteTo(stream);
    }

    private static ValueInfoProto Value(string name, int type, object[] shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (var dimension in shape)
        {
            dimensions.Dim.Add(dimension is string symbol
                ? new TensorShapeProto.Types.Dimension { DimParam = symbol }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(dimension, null) });
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = type, Shape = dimensions } } };
    }

    private static AttributeProto Attribute(string name, object value) => value switch
    {
        int number => new AttributeProto { Name = name, I = number, Type = IntAttribute },
        float number => new AttributeProto { Name = name, F = number, Type = FloatAttribute },
        long[] numbers => new AttributeProto { Name = name, Ints = { numbers }, Type = IntsAttribute },
        _ => throw new ArgumentException($"attribute {name} has the type {value.GetType()}", nameof(value)),
    };

    private string Constant(string constant, int type, ReadOnlySpan<byte> data, long[] shape)
    {
        if (_constants.TryAdd(constant, constant)) Store(constant, type, data, shape);
        return constant;
    }

    private void Store(string tensor, int type, ReadOnlySpan<byte> data, long[] shape) =>
        _graph.Initializer.Add(new TensorProto { Name = tensor, DataType = type, Dims = { shape }, RawData = ByteString.CopyFrom(data) });

    private void Add(string op, string[] inputs, string[] outputs, params (string Name, object Value)[] attributes) =>
        _graph.Node.Add(new NodeProto
        {
            Name = outputs[0],
            OpType = op,
            Input = { inputs },
            Output = { outputs },
            Attribute = { attributes.Select(attribute => Attribute(attribute.Name, attribute.Value)) },
        });
}
