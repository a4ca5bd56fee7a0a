using RailCluster.Evaluation;

namespace RailCluster.Reports;

/// <summary>Files that appear whole or not at all.</summary>
internal static class WholeFile
{
    /// <summary>Writes beside the file and renames at the end; makes the folder.</summary>
    /// <exception cref="RailInputException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var beside = $"{path}.partial-{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using (var stream = new FileStream(beside, FileMode.Create, FileAccess.ReadWrite)) await write(stream);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RailInputException($"{path}: cannot be written ({exception.Message}); name another folder", exception);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
