using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>
/// Rows that are written in order beside the file and renamed at the end. A process that stops, however it ends, leaves whole lines behind, and the same
/// command goes on after the last of them.
/// </summary>
internal sealed class ScoreOutput : IAsyncDisposable
{
    private const int FlushEvery = 64;
    private const int Buffer = 1 << 16;

    private readonly string _target;
    private readonly string _partial;
    private readonly FileStream _stream;
    private int _unflushed;

    private ScoreOutput(string target, string partial, FileStream stream, int kept) => (_target, _partial, _stream, Kept) = (target, partial, stream, kept);

    /// <summary>Rows of an earlier start.</summary>
    public int Kept { get; }

    /// <summary>Opens the file beside the target.</summary>
    /// <param name="file">The target.</param>
    /// <param name="basis">A hash of all that the rows depend on.</param>
    /// <exception cref="RailInputException">Rows of other settings or of another input are there, or another process writes them.</exception>
    public static ScoreOutput Open(string file, string basis)
    {
        var target = Files.Target(file);
        var (partial, mark) = ($"{target}.partial", $"{target}.partial.json");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, Buffer);
            try
            {
                if (stream.Length > 0 && (!File.Exists(mark) || File.ReadAllText(mark) != basis))
                    throw new RailInputException($"{partial}: holds rows of another input or other settings; delete it, or name another --out");
                File.WriteAllText(mark, basis);
                var kept = KeepWholeLines(stream);
                return new ScoreOutput(target, partial, stream, kept);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new RailInputException($"{file}: cannot be written ({exception.Message}); name another file", exception);
        }
    }

    /// <summary>Writes a row with its end.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> row)
    {
        await _stream.WriteAsync(row);
        if (++_unflushed < FlushEvery) return;
        await _stream.FlushAsync();
        _unflushed = 0;
    }

    /// <summary>Gives the rows their name.</summary>
    public async Task FinishAsync()
    {
        await _stream.DisposeAsync();
        File.Move(_partial, _target, overwrite: true);
        File.Delete($"{_partial}.json");
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // What stands behind the last line break was being written when the process ended.
    private static int KeepWholeLines(FileStream stream)
    {
        var buffer = new byte[1 << 16];
        var (lines, whole, at) = (0, 0L, 0L);
        while (stream.Read(buffer) is > 0 and var read)
        {
            for (var index = 0; index < read; index++)
            {
                if (buffer[index] != '\n') continue;
                lines++;
                whole = at + index + 1;
            }

            at += read;
        }

        stream.SetLength(whole);
        stream.Position = whole;
        return lines;
    }
}
