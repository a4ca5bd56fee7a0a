using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>Where a graph writes its logits, in memory that is used again and again.</summary>
/// <param name="type">fp32 or fp16.</param>
/// <param name="vocabulary">Tokens ranked.</param>
internal sealed class LogitsBuffer(TensorElementType type, int vocabulary) : IDisposable
{
    private readonly float[] _single = new float[type == TensorElementType.Float ? 0 : vocabulary];
    private NativeBuffer _buffer = new(0);
    private OrtValue? _value;
    private (int Rows, int Columns) _shape;

    /// <summary>Tokens ranked.</summary>
    public int Vocabulary => vocabulary;

    /// <summary>Binds it as the output of a run.</summary>
    public void Bind(OrtIoBinding io, GraphSignature signature, TokenBlock block)
    {
        (int Rows, int Columns) shape = (block.Rows, signature.LastLogitsOnly ? 1 : block.Columns);
        if (_value is null || shape != _shape)
        {
            _value?.Dispose();
            long needed = (long)shape.Rows * shape.Columns * vocabulary * ElementTypes.Bytes(type);
            if (needed > _buffer.Bytes)
            {
                _buffer.Dispose();
                _buffer = new NativeBuffer(needed);
            }

            _value = _buffer.View(type, [shape.Rows, shape.Columns, vocabulary]);
            _shape = shape;
        }

        io.BindOutput(signature.Names.Logits, _value);
    }

    /// <summary>The logits of a row after one of its new tokens; half precision is widened into memory that the next call takes again.</summary>
    public Span<float> Row(int row, int column)
    {
        long start = (((long)row * _shape.Columns) + Math.Min(column, _shape.Columns - 1)) * vocabulary;
        if (type == TensorElementType.Float)
            return _buffer.Slice<float>(start, vocabulary);
        TensorPrimitives.ConvertToSingle(_buffer.Slice<Half>(start, vocabulary), _single);
        return _single;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _value?.Dispose();
        _buffer.Dispose();
    }
}
