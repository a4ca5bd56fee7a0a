using System.Text;
using RailCluster.Evaluation;
using RailCluster.Reports;

namespace RailCluster.Cli;

/// <summary>Files of users: read with clear errors, written whole or not at all.</summary>
internal static class Files
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static StreamReader Open(string file)
    {
        if (Directory.Exists(file)) throw new RailInputException($"{file}: is a folder; name a file");
        try
        {
            return new StreamReader(file, Strict);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RailInputException($"{file}: no such file", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new RailInputException($"{file}: may not be read; check its permissions", exception);
        }
    }

    public static string ReadText(string file) => Read(file, (reader, _) => reader.ReadToEnd());

    /// <summary>Reads a file with a parser that names it in its errors.</summary>
    public static T Read<T>(string file, Func<TextReader, string, T> parse)
    {
        using var reader = Open(file);
        try
        {
            return parse(reader, file);
        }
        catch (DecoderFallbackException exception)
        {
            throw new RailInputException($"{file}: is not UTF-8 text; save it as UTF-8", exception);
        }
    }

    /// <summary>Writes beside the file and renames at the end.</summary>
    public static async Task WriteAsync(string file, Func<TextWriter, Task> write)
    {
        if (IsDevice(file))
        {
            await using var straight = Writer(file);
            await write(straight);
            return;
        }

        var full = Target(file);
        var beside = $"{full}.partial-{Environment.ProcessId}";
        try
        {
            await using (var writer = Create(file, full, beside)) await write(writer);
            File.Move(beside, full, overwrite: true);
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }

    /// <summary>Finds out before the work begins whether a file can be written.</summary>
    /// <exception cref="RailInputException">It cannot.</exception>
    public static void CheckWritable(string file)
    {
        if (!IsDevice(file)) OutputPath.Check(Target(file));
    }

    // A rename would replace the device itself.
    public static bool IsDevice(string file) => Path.GetFullPath(file).StartsWith("/dev/", StringComparison.Ordinal);

    public static string Target(string file)
    {
        if (Directory.Exists(file)) throw new RailInputException($"{file}: is a folder; name a file to write");
        var full = Path.GetFullPath(file);
        return File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
    }

    private static StreamWriter Create(string file, string full, string beside)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return Writer(beside);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new RailInputException($"{file}: cannot be written ({exception.Message}); name another file", exception);
        }
    }

    private static StreamWriter Writer(string file) => new(file, append: false, Strict) { NewLine = "\n" };
}
