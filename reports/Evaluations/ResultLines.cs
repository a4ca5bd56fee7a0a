using System.Security.Cryptography;
using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>The lines of a file one by one, hashed on the way: neither the file nor its text is ever held whole.</summary>
internal sealed class ResultLines : IDisposable
{
    /// <summary>The longest line that is read; a prompt with its answer and explanations is far shorter.</summary>
    public const int Longest = 64 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _file;
    private readonly string _place;
    private byte[] _buffer = new byte[1 << 17];
    private int _start;
    private int _end;
    private long _passed;

    public ResultLines(string file) => (_place, _file) = (file, new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1));

    /// <summary>The number of the line that was read last.</summary>
    public int Number { get; private set; }

    /// <summary>Where it stands in the file.</summary>
    public LinePlace Place { get; private set; }

    /// <summary>The next line without its end, empty ones passed over; valid until the next call. False at the end of the file.</summary>
    /// <exception cref="RailInputException">A line is longer than is read.</exception>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var open = _buffer.AsSpan(_start, _end - _start);
            var length = open[searched..].IndexOf((byte)'\n');
            if (length < 0)
            {
                searched = open.Length;
                if (Fill()) continue;
                line = Take(open.Length, end: 0);
                if (line.IsEmpty) return false;
            }
            else
            {
                line = Take(searched + length, end: 1);
            }

            Number++;
            if (!line.IsEmpty) return true;
            searched = 0;
        }
    }

    /// <summary>SHA-256 of the whole file, what was not read included; 64 lower-case hex digits.</summary>
    public string Hash()
    {
        (_start, _end) = (0, 0);
        while (Fill()) (_start, _end) = (0, 0);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
    }

    private ReadOnlySpan<byte> Take(int length, int end)
    {
        var line = _buffer.AsSpan(_start, length);
        Place = new LinePlace(_passed + _start, length);
        _start += length + end;
        return line;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _passed += _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= Longest) throw new RailInputException($"{_place}:{Number + 1}: the line is longer than {Longest >> 20} MiB; evaluate again");
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var read = _file.Read(_buffer, _end, _buffer.Length - _end);
        _hash.AppendData(_buffer, _end, read);
        _end += read;
        return read > 0;
    }
}
