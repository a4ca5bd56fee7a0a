using System.Text;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>An ONNX model of one Identity node over tensors of four dimensions. Field numbers are those of onnx.proto.</summary>
internal static class CopyGraph
{
    public const string Input = "from";
    public const string Output = "to";
    private const int Dimensions = 4;
    private const byte IrVersion = 8;
    private const byte Opset = 17;

    /// <summary>The model's bytes for numbers of a kind.</summary>
    public static byte[] Of(TensorElementType type)
    {
        byte[] node = [.. Text(1, Input), .. Text(2, Output), .. Text(4, "Identity")];
        byte[] graph = [.. Body(1, node), .. Text(2, "copy"), .. Body(11, Value(Input, type)), .. Body(12, Value(Output, type))];
        return [.. Number(1, IrVersion), .. Body(7, graph), .. Body(8, [.. Text(1, ""), .. Number(2, Opset)])];
    }

    private static byte[] Value(string name, TensorElementType type)
    {
        byte[] shape = [.. Enumerable.Range(0, Dimensions).SelectMany(i => Body(1, Text(2, $"d{i}")))];
        byte[] tensor = [.. Number(1, (byte)type), .. Body(2, shape)];
        return [.. Text(1, name), .. Body(2, Body(1, tensor))];
    }

    private static byte[] Text(int field, string text) => Body(field, Encoding.ASCII.GetBytes(text));

    // Every message here is shorter than 128 bytes, so that its length is one byte.
    private static byte[] Body(int field, byte[] bytes) => [(byte)((field << 3) | 2), checked((byte)bytes.Length), .. bytes];

    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];
}
