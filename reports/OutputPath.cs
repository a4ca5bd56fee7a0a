using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Where something is going to be written.</summary>
public static class OutputPath
{
    /// <summary>Finds out whether something can be made at a path, before the work begins and without leaving anything behind.</summary>
    /// <exception cref="RailInputException">It cannot.</exception>
    public static void Check(string path)
    {
        var folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))) ?? Path.GetPathRoot(Path.GetFullPath(path))!;
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder)) throw new RailInputException($"{path}: cannot be written, because {folder} is a file; name another place");
            folder = Path.GetDirectoryName(folder)!;
        }

        try
        {
            var probe = Path.Combine(folder, $".rail-{Environment.ProcessId}-{Path.GetRandomFileName()}");
            using var made = new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{path}: cannot be written ({exception.Message}); name another place", exception);
        }
    }
}
