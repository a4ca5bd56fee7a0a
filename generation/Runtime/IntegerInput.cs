using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>An input of whole numbers [rows, columns] in memory that is used again and again.</summary>
internal sealed class IntegerInput(string name, TensorElementType type) : IDisposable
{
    private NativeBuffer _buffer = new(0);
    private OrtValue? _value;
    private int _rows;
    private int _columns;

    /// <summary>Takes a shape, all zero.</summary>
    public void Reshape(int rows, int columns)
    {
        if (_value is null || (rows, columns) != (_rows, _columns))
        {
            _value?.Dispose();
            long needed = (long)rows * columns * ElementTypes.Bytes(type);
            if (needed > _buffer.Bytes)
            {
                _buffer.Dispose();
                _buffer = new NativeBuffer(needed * 2);
            }

            _value = _buffer.View(type, [rows, columns]);
            (_rows, _columns) = (rows, columns);
        }

        _buffer.Slice(0, rows * columns * ElementTypes.Bytes(type)).Clear();
    }

    /// <summary>Sets a row's first numbers.</summary>
    public void Set(int row, ReadOnlySpan<int> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
            Write(row, i, numbers[i]);
    }

    /// <summary>Counts through a row.</summary>
    public void Count(int row, int from)
    {
        for (int i = 0; i < _columns; i++)
            Write(row, i, from + i);
    }

    /// <summary>Sets ones in a row.</summary>
    public void Ones(int row, int start, int count)
    {
        long at = ((long)row * _columns) + start;
        if (type == TensorElementType.Int64)
            _buffer.Slice<long>(at, count).Fill(1);
        else
            _buffer.Slice<int>(at, count).Fill(1);
    }

    /// <summary>Binds it.</summary>
    public void Bind(OrtIoBinding io) => io.BindInput(name, _value!);

    /// <inheritdoc/>
    public void Dispose()
    {
        _value?.Dispose();
        _buffer.Dispose();
    }

    private void Write(int row, int column, int number)
    {
        long at = ((long)row * _columns) + column;
        if (type == TensorElementType.Int64)
            _buffer.Slice<long>(at, 1)[0] = number;
        else
            _buffer.Slice<int>(at, 1)[0] = number;
    }
}
