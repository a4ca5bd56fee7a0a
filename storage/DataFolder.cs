using System.Globalization;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>
/// A folder that one process at a time keeps its data in. The lock goes with the process, however it ends,
/// so a crash leaves nothing to clean up.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = "rail.lock";

    // Beside the lock, because a file held with FileShare.None cannot be read by the process that is turned away.
    private const string OwnerName = "rail.pid";

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The file that <see cref="SqliteObjectStore"/> keeps its objects in.</summary>
    public string ObjectsFile => System.IO.Path.Combine(Path, "objects.db");

    /// <summary>Opens a folder, creating it where it is missing, and locks it until it is disposed.</summary>
    /// <param name="path">Absolute, or relative to the current directory.</param>
    /// <exception cref="RailInputException">Another process uses the folder (its id is named), or the folder cannot be written.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{full}: cannot be made a data folder ({OneLine.Of(e)}); choose another folder", e);
        }

        var held = Lock(full);
        try
        {
            File.WriteAllText(System.IO.Path.Combine(full, OwnerName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataFolder(full, held);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new RailInputException($"{full}: cannot be written ({OneLine.Of(e)}); free space or choose another folder", e);
        }
    }

    /// <summary>Gives the folder free.</summary>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RailInputException($"{folder}: cannot be written; check its permissions or choose another folder", e);
        }
        catch (IOException e)
        {
            throw new RailInputException($"{folder}: the data folder is in use{Owner(folder)}; stop that process or choose another folder", e);
        }
    }

    private static string Owner(string folder)
    {
        try
        {
            return $" by process {File.ReadAllText(System.IO.Path.Combine(folder, OwnerName)).Trim()}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return " by another process";
        }
    }
}
