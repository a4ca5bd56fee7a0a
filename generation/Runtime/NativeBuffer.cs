using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace RailCluster.Generation;

/// <summary>Memory that does not move and is given back at once: what ONNX Runtime reads and writes in place. Not safe to share between threads.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    // What vector instructions and ONNX Runtime's own allocator use.
    private const nuint Alignment = 64;

    private byte* _memory;
    private byte* _data;

    /// <summary>Takes memory, all zero; what is large is zero by the operating system's doing, and costs nothing before it is used.</summary>
    public NativeBuffer(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        Bytes = bytes;
        // An empty tensor too needs an address.
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 1) + Alignment);
        _data = (byte*)(((nuint)_memory + Alignment - 1) & ~(Alignment - 1));
    }

    /// <summary>Its size.</summary>
    public long Bytes { get; }

    /// <summary>A part of it.</summary>
    public Span<byte> Slice(long start, int count)
    {
        Check(start, count);
        return new Span<byte>(_data + start, count);
    }

    /// <summary>A part of it as numbers; start and count in numbers.</summary>
    public Span<T> Slice<T>(long start, int count)
        where T : unmanaged
    {
        Check(start * sizeof(T), (long)count * sizeof(T));
        return new Span<T>((T*)_data + start, count);
    }

    /// <summary>A tensor over a part of it; it must not outlive the buffer.</summary>
    public OrtValue View(TensorElementType type, long[] shape, long start = 0)
    {
        long bytes = ElementTypes.Bytes(type);
        foreach (long size in shape)
            bytes *= size;
        Check(start, bytes);
        return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (IntPtr)(_data + start), bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _data = null;
    }

    private void Check(long start, long count)
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        if (start < 0 || count < 0 || start + count > Bytes)
            throw new ArgumentOutOfRangeException(nameof(start), $"Bytes {start} to {start + count} are outside a buffer of {Bytes}.");
    }
}
