using Microsoft.ML.OnnxRuntime;

namespace RailCluster.Generation;

/// <summary>
/// Keys and values of the rows being answered. Each row's entries stand left-aligned in a buffer of <see cref="Past"/> positions; what follows them is
/// zero and masked, so a row sees the same numbers whoever its neighbours are. Rows occupy slots 0 to <see cref="Rows"/> − 1.
/// </summary>
/// <remarks>One buffer a cache input, [row, head, position, head size]. Not safe to share between threads.</remarks>
internal sealed class KvCache : IDisposable
{
    // Growing by whole blocks makes re-laying-out rare.
    private const int Block = 32;

    private readonly GraphSignature _signature;
    private readonly int[] _lengths;
    private readonly bool _exact;
    private float[][] _past;
    private float[][] _present;
    private OrtValue[] _pastValues = [];
    private OrtValue[] _presentValues = [];
    private (int Rows, int Past) _shape;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="signature">What the graph asks for.</param>
    /// <param name="slots">Most rows.</param>
    /// <param name="exact">No masked position at all: for graphs that would see one. Takes a single slot.</param>
    public KvCache(GraphSignature signature, int slots, bool exact)
    {
        _signature = signature;
        _lengths = new int[slots];
        _exact = exact;
        _past = Buffers();
        _present = Buffers();
    }

    /// <summary>Rows held.</summary>
    public int Rows { get; private set; }

    /// <summary>Positions of the past that the next step is fed.</summary>
    public int Past { get; private set; }

    private int Heads => _signature.KvHeads;

    private int Size => _signature.HeadDim;

    /// <summary>Entries of a row.</summary>
    public int Length(int row) => _lengths[row];

    /// <summary>Takes a prompt's keys and values, each [1, heads, length, head size], as a new last row.</summary>
    public void Add(IReadOnlyList<OrtValue> values, int length)
    {
        Fit(Math.Max(Longest(), length));
        int row = Rows++;
        _lengths[row] = length;
        for (int i = 0; i < _past.Length; i++)
        {
            ReadOnlySpan<float> source = values[i].GetTensorDataAsSpan<float>();
            for (int head = 0; head < Heads; head++)
            {
                Span<float> target = _past[i].AsSpan(Offset(row, head), Past * Size);
                source.Slice(head * length * Size, length * Size).CopyTo(target);
                // The slot's former tenant may have left numbers that even a mask does not silence, such as NaN.
                target[(length * Size)..].Clear();
            }
        }
    }

    /// <summary>Drops a row; the last row takes its slot.</summary>
    public void Remove(int row)
    {
        int last = --Rows;
        if (row != last)
        {
            int stride = Heads * Past * Size;
            foreach (float[] buffer in _past)
                buffer.AsSpan(last * stride, stride).CopyTo(buffer.AsSpan(row * stride));
            _lengths[row] = _lengths[last];
        }

        if (Rows == 0)
            Past = 0;
    }

    /// <summary>The inputs and outputs of the next step for all rows; valid until the cache changes.</summary>
    public (OrtValue[] Past, OrtValue[] Present) Bind()
    {
        Fit(Longest());
        if (_shape == (Rows, Past))
            return (_pastValues, _presentValues);
        Release();
        _shape = (Rows, Past);
        int present = Rows * Heads * (Past + 1) * Size;
        for (int i = 0; i < _present.Length; i++)
        {
            if (_present[i].Length < present)
                _present[i] = new float[Rows * Heads * (Past + Block) * Size];
        }

        _pastValues = Wrap(_past, Past);
        _presentValues = Wrap(_present, Past + 1);
        return (_pastValues, _presentValues);
    }

    /// <summary>Takes the new entry of every row from the outputs of a step.</summary>
    public void Advance()
    {
        if (_exact)
        {
            Release();
            (_past, _present) = (_present, _past);
            Past++;
            _lengths[0]++;
            return;
        }

        for (int i = 0; i < _past.Length; i++)
        {
            for (int row = 0; row < Rows; row++)
            {
                for (int head = 0; head < Heads; head++)
                {
                    int source = (((row * Heads) + head) * (Past + 1) + Past) * Size;
                    _present[i].AsSpan(source, Size).CopyTo(_past[i].AsSpan(Offset(row, head) + _lengths[row] * Size));
                }
            }
        }

        for (int row = 0; row < Rows; row++)
            _lengths[row]++;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();

    // A step needs room for the entry it adds, except where it is appended by exchanging buffers.
    private void Fit(int longest)
    {
        int wanted = _exact ? longest : (longest + Block) / Block * Block;
        if (wanted <= Past && wanted * 2 > Past)
            return;
        Release();
        for (int i = 0; i < _past.Length; i++)
            _past[i] = Relaid(_past[i], wanted);
        Past = wanted;
    }

    private float[] Relaid(float[] old, int past)
    {
        var buffer = new float[_lengths.Length * Heads * past * Size];
        for (int row = 0; row < Rows; row++)
        {
            for (int head = 0; head < Heads; head++)
                old.AsSpan(Offset(row, head), _lengths[row] * Size).CopyTo(buffer.AsSpan(((row * Heads) + head) * past * Size));
        }

        return buffer;
    }

    private int Longest()
    {
        int longest = 0;
        foreach (int length in _lengths.AsSpan(0, Rows))
            longest = Math.Max(longest, length);
        return longest;
    }

    private int Offset(int row, int head) => ((row * Heads) + head) * Past * Size;

    private OrtValue[] Wrap(float[][] buffers, int positions)
    {
        int count = Rows * Heads * positions * Size;
        long[] shape = [Rows, Heads, positions, Size];
        return [.. buffers.Select(buffer => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, buffer.AsMemory(0, count), shape))];
    }

    private float[][] Buffers() => [.. Enumerable.Range(0, _signature.PastNames.Length).Select(_ => Array.Empty<float>())];

    private void Release()
    {
        foreach (OrtValue value in _pastValues.Concat(_presentValues))
            value.Dispose();
        (_pastValues, _presentValues, _shape) = ([], [], default);
    }
}
