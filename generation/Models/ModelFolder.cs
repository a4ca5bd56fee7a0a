using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>
/// A model folder whose files are all there: layout <c>optimum</c>, that is, <c>onnx/model.onnx</c> or <c>model.onnx</c> with
/// <c>config.json</c> and <c>tokenizer.json</c> beside it. Nothing in it is loaded yet.
/// </summary>
internal sealed class ModelFolder
{
    /// <summary>The one layout that this engine reads.</summary>
    public const string Optimum = "optimum";

    private const string Supported = "supported is the Optimum layout: onnx/model.onnx or model.onnx, with config.json and tokenizer.json";

    private static readonly string[] Graphs = ["onnx/model.onnx", "model.onnx"];
    private static readonly string[] Required = ["config.json", "tokenizer.json"];
    private static readonly string[] Optional = ["generation_config.json", "tokenizer_config.json", "chat_template.jinja"];

    private ModelFolder(string path, string graph)
    {
        Path = path;
        Graph = graph;
    }

    /// <summary>The real path of the folder.</summary>
    public string Path { get; }

    /// <summary>The graph file, relative to the folder.</summary>
    public string Graph { get; }

    /// <summary>The files that the engine reads, relative, with <c>/</c>, in ordinal order.</summary>
    public ImmutableArray<string> Files { get; private set; }

    /// <summary>What the graph says of itself.</summary>
    public required GraphSummary Summary { get; init; }

    /// <summary>What the graph asks for.</summary>
    public required GraphSignature Signature { get; init; }

    /// <summary>What the configuration files say.</summary>
    public required ModelConfig Config { get; init; }

    /// <summary>Bytes of <see cref="Files"/>.</summary>
    public long Bytes => Files.Sum(file => new FileInfo(Full(file)).Length);

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="ModelException">It is missing, outside the roots, incomplete, or of a layout or kind not supported.</exception>
    public static ModelFolder Open(string path, ConfinedPath confined)
    {
        string real = confined.Resolve(path);
        if (!Directory.Exists(real))
            throw new ModelException(FailureKind.ModelGone, File.Exists(real)
                ? $"{path} is a file: name the model folder that holds it"
                : $"{path} does not exist: name a model folder that this machine can see");
        string graph = FindGraph(path, real);
        try
        {
            GraphSummary summary = Summarise(System.IO.Path.Combine(real, graph), graph);
            var folder = new ModelFolder(real, graph)
            {
                Summary = summary,
                Signature = Sign(summary, graph),
                Config = ModelConfig.Read(real),
            };
            folder.Files = folder.Collect(confined);
            return folder;
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{path}: {e.Message}", e);
        }
    }

    /// <summary>The absolute path of one of the files.</summary>
    public string Full(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>SHA-256 over the sorted (relative path, SHA-256 of the file) of <see cref="Files"/>.</summary>
    public async Task<ModelFingerprint> FingerprintAsync(CancellationToken cancellationToken)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Files)
        {
            await using FileStream stream = new(Full(file), new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous });
            byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
            all.AppendData(Encoding.UTF8.GetBytes($"{file}\0{Convert.ToHexStringLower(hash)}\n"));
        }

        return new ModelFingerprint(Convert.ToHexStringLower(all.GetHashAndReset()));
    }

    /// <summary>Size and change time of each file: a cheap look whether anything was written since.</summary>
    public string Stamp() => string.Join('\n', Files.Select(file =>
    {
        var info = new FileInfo(Full(file));
        return FormattableString.Invariant($"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}");
    }));

    private static string FindGraph(string path, string real)
    {
        string[] found = [.. Directory.EnumerateFileSystemEntries(real).Select(entry => System.IO.Path.GetFileName(entry)).Order(StringComparer.Ordinal)];
        string? graph = Graphs.FirstOrDefault(name => File.Exists(System.IO.Path.Combine(real, name)));
        string[] missing = [.. Required.Where(name => !found.Contains(name))];
        if (graph is not null && missing.Length == 0)
            return graph;
        bool other = found.Contains("genai_config.json") || found.Any(name => name.EndsWith(".safetensors", StringComparison.Ordinal));
        if (graph is null && (other || missing.Length > 0))
            throw new ModelException(
                FailureKind.ModelUnusable,
                $"{path} has an unknown layout: found {Listing(found)}; {Supported}");
        string lacks = graph is null ? Graphs[0] : string.Join(" and ", missing);
        throw new ModelException(
            FailureKind.ModelUnusable,
            $"{path} is incomplete: {lacks} is missing (found {Listing(found)}): copy it there; {Supported}");
    }

    private static string Listing(string[] found)
    {
        const int shown = 12;
        string names = found.Length == 0 ? "nothing" : string.Join(", ", found.Take(shown));
        return found.Length > shown ? $"{names} and {found.Length - shown} more" : names;
    }

    private static GraphSummary Summarise(string file, string graph)
    {
        try
        {
            return OnnxGraphReader.Read(file);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{graph} is truncated or no ONNX model ({e.Message}): copy it again", e);
        }
    }

    private static GraphSignature Sign(GraphSummary summary, string graph)
    {
        try
        {
            return GraphSignature.From(summary);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{graph} cannot be run: {e.Message}", e);
        }
    }

    private ImmutableArray<string> Collect(ConfinedPath confined)
    {
        string beside = System.IO.Path.GetDirectoryName(Graph) is { Length: > 0 } folder ? folder + "/" : "";
        var files = new SortedSet<string>(Required.Append(Graph), StringComparer.Ordinal);
        files.UnionWith(Optional.Where(name => File.Exists(Full(name))));
        foreach ((string location, long needed) in Summary.External)
        {
            string file = beside + location.Replace('\\', '/');
            if (System.IO.Path.IsPathRooted(location) || !ConfinedPath.IsWithin(System.IO.Path.GetFullPath(Full(file)), Path))
                throw new InvalidDataException($"{Graph} keeps weights in {location}, outside the folder: export it again");
            var info = new FileInfo(Full(file));
            if (!info.Exists)
                throw new InvalidDataException($"it is incomplete: {file}, which holds weights of {Graph}, is missing: copy it there");
            if (info.Length < needed)
                throw new InvalidDataException($"{file} is truncated: {info.Length} bytes, and {Graph} needs {needed}: copy it again");
            files.Add(file);
        }

        foreach (string file in files)
            confined.Resolve(Full(file));
        return [.. files];
    }
}
