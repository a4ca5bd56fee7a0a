using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// <c>rail-model.json</c>, which a web folder may hold: <c>{"files":[{"path":"config.json","size":123,"sha256":"64 hex digits"}]}</c>.
/// With it a folder says what it holds, and every byte that is fetched is checked against it.
/// </summary>
internal static class ModelManifest
{
    public const string Name = "rail-model.json";
    public const int MostBytes = 1 << 20;
    private const int MostFiles = 10_000;

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none; the message goes behind the folder's name.</exception>
    public static ImmutableDictionary<string, RemoteFile> Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = StrictJson.Parse(Encoding.UTF8.GetString(json.Span));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("files", out JsonElement files) || files.ValueKind != JsonValueKind.Array)
                throw new InvalidDataException($"{Name} has no list of files");
            if (files.GetArrayLength() > MostFiles)
                throw new InvalidDataException($"{Name} lists {files.GetArrayLength()} files; at most {MostFiles}");
            var read = ImmutableDictionary.CreateBuilder<string, RemoteFile>(StringComparer.Ordinal);
            foreach (JsonElement file in files.EnumerateArray())
            {
                RemoteFile one = ReadFile(file);
                if (!read.TryAdd(one.Name, one))
                    throw new InvalidDataException($"{Name} lists {one.Name} twice");
            }

            return read.ToImmutable();
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{Name} {StrictJson.Fault(e)}", e);
        }
    }

    private static RemoteFile ReadFile(JsonElement file)
    {
        string name = JsonFiles.String(file, "path") ?? throw new InvalidDataException($"{Name} lists a file without a path");
        if (!RemoteName.IsPlain(name))
            throw new InvalidDataException($"{Name} {RemoteName.Refusal(name)}");
        if (!file.TryGetProperty("size", out JsonElement size) || size.ValueKind != JsonValueKind.Number || !size.TryGetInt64(out long bytes) || bytes < 0)
            throw new InvalidDataException($"{Name} gives {name} no size");
        string? hash = JsonFiles.String(file, "sha256")?.ToLowerInvariant();
        return hash is { Length: 64 } && hash.All(char.IsAsciiHexDigit)
            ? new RemoteFile(name, bytes, Sha256: hash)
            : throw new InvalidDataException($"{Name} gives {name} no sha256 of 64 hex digits");
    }
}
