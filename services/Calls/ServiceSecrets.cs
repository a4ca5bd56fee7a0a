using System.Text;
using RailCluster.Evaluation;

namespace RailCluster.Services;

/// <summary>
/// Where keys of services come from: an environment variable <c>NAME</c>, or the file that <c>NAME_FILE</c> names, as secrets are mounted in containers.
/// Errors name the variable and the file, never what they hold.
/// </summary>
public static class ServiceSecrets
{
    private const string FileSuffix = "_FILE";
    private const int LargestFile = 4096;

    /// <summary>Finds a key in the environment of this process.</summary>
    /// <param name="variable">Such as <c>RAIL_API_KEY</c>.</param>
    /// <returns>Null where neither variable is set, or both are empty.</returns>
    /// <exception cref="RailInputException">Both are set, the file cannot be read, or what is there is no key.</exception>
    public static EndpointKey? Find(string variable) => Find(variable, Environment.GetEnvironmentVariable);

    /// <summary>What to do where there is no key.</summary>
    public static string Missing(string variable) => $"there is no key: set {variable}, or {variable}{FileSuffix} to the path of a file that holds it";

    /// <summary>Finds a key in any environment.</summary>
    public static EndpointKey? Find(string variable, Func<string, string?> environment)
    {
        string? secret = Set(environment(variable));
        string? path = Set(environment(variable + FileSuffix));
        if (secret is not null && path is not null)
            throw new RailInputException($"{variable} and {variable}{FileSuffix} are both set; unset one, so that it is clear which key is meant");
        if (path is not null)
            return new EndpointKey(Read(path, variable + FileSuffix), $"the file of {variable}{FileSuffix}");
        return secret is null ? null : new EndpointKey(secret.Trim(), variable);
    }

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string Read(string path, string variable)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            byte[] block = new byte[LargestFile + 1];
            int length = 0;
            for (int read; length < block.Length && (read = RandomAccess.Read(file, block.AsSpan(length), length)) > 0;)
                length += read;
            if (length > LargestFile)
                throw new RailInputException($"{path}, which {variable} names, is larger than {LargestFile} bytes; a key is shorter");
            return Encoding.UTF8.GetString(block, 0, length).TrimStart('\uFEFF').Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RailInputException($"{path}, which {variable} names, cannot be read ({e.GetType().Name}); correct the path, or who may read it");
        }
    }
}
