using System.Text;
using RailCluster.Evaluation;

namespace RailCluster.Cli;

/// <summary>
/// Rows that are written in order beside the file and renamed at the end. A process that stops, however it ends, leaves whole lines behind, and the same
/// command goes on after the last of them.
/// </summary>
internal sealed class ScoreOutput : IAsyncDisposable
{
    private const int FlushEvery = 64;

    private readonly string _target;
    private readonly string _partial;
    private readonly StreamWriter _writer;
    private int _unflushed;

    private ScoreOutput(string target, string partial, StreamWriter writer, int kept) => (_target, _partial, _writer, Kept) = (target, partial, writer, kept);

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
            var stream = new FileStream(partial, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                if (stream.Length > 0 && (!File.Exists(mark) || File.ReadAllText(mark) != basis))
                    throw new RailInputException($"{partial}: holds rows of another input or other settings; delete it, or name another --out");
                File.WriteAllText(mark, basis);
                var kept = KeepWholeLines(stream);
                return new ScoreOutput(target, partial, new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\n" }, kept);
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

    public async Task WriteAsync(string row)
    {
        await _writer.WriteAsync(row + "\n");
        if (++_unflushed < FlushEvery) return;
        await _writer.FlushAsync();
        _unflushed = 0;
    }

    /// <summary>Gives the rows their name.</summary>
    public async Task FinishAsync()
    {
        await _writer.DisposeAsync();
        File.Move(_partial, _target, overwrite: true);
        File.Delete($"{_partial}.json");
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

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
