using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>The kinds of number that the engine exchanges with a graph.</summary>
internal static class ElementTypes
{
    /// <summary>The kind that a graph's description names; null for one that the engine does not exchange.</summary>
    public static TensorElementType? Find(string name) => name switch
    {
        "fp32" => TensorElementType.Float,
        "fp16" => TensorElementType.Float16,
        "int64" => TensorElementType.Int64,
        "int32" => TensorElementType.Int32,
        "bool" => TensorElementType.Bool,
        _ => null,
    };

    /// <summary>What a graph's description calls a kind, by ONNX's number for it.</summary>
    public static string Name(long type) => type switch
    {
        1 => "fp32",
        6 => "int32",
        7 => "int64",
        9 => "bool",
        10 => "fp16",
        11 => "fp64",
        16 => "bf16",
        _ => FormattableString.Invariant($"type {type}"),
    };

    /// <summary>Bytes of one number.</summary>
    public static int Bytes(TensorElementType type) => type switch
    {
        TensorElementType.Int64 => 8,
        TensorElementType.Float or TensorElementType.Int32 => 4,
        TensorElementType.Float16 => 2,
        TensorElementType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The engine exchanges no such numbers."),
    };
}
