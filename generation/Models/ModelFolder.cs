using System.Collections.Immutable;
using System.Security.Cryptography;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A model folder whose files are all there. Nothing in it is loaded yet.</summary>
internal sealed class ModelFolder
{
    private ModelFolder(string path, string name, FolderLayout layout) => (Path, Name, Layout) = (path, name, layout);

    /// <summary>The real path of the folder.</summary>
    public string Path { get; }

    /// <summary>What people call it: its path, or where it was fetched from.</summary>
    public string Name { get; }

    /// <summary>How it is laid out.</summary>
    public FolderLayout Layout { get; }

    /// <summary>The graph file, relative to the folder.</summary>
    public string Graph => Layout.Graph;

    /// <summary>What the configuration files say.</summary>
    public ModelConfig Config => Layout.Config;

    /// <summary>The files that the engine reads, relative, with <c>/</c>, in ordinal order.</summary>
    public ImmutableArray<string> Files { get; private set; }

    /// <summary>What the graph says of itself.</summary>
    public required GraphSummary Summary { get; init; }

    /// <summary>What the graph asks for.</summary>
    public required GraphSignature Signature { get; init; }

    /// <summary>Bytes of <see cref="Files"/>.</summary>
    public long Bytes => Files.Sum(file => Info(file).Length);

    /// <summary>Looks at a folder.</summary>
    /// <exception cref="ModelException">It is missing, outside the roots, incomplete, or of a layout or kind not supported.</exception>
    public static ModelFolder Open(string path, ConfinedPath confined, string? name = null)
    {
        name ??= path;
        string real = confined.Resolve(path);
        if (!Directory.Exists(real))
            throw new ModelException(FailureKind.ModelGone, File.Exists(real)
                ? $"{path} is a file: name the model folder that holds it"
                : $"{path} does not exist: name a model folder that this machine can see");
        try
        {
            FolderLayout layout = FolderLayout.Find(real);
            GraphSummary summary = Summarise(System.IO.Path.Combine(real, layout.Graph), layout.Graph);
            var folder = new ModelFolder(real, name, layout) { Summary = summary, Signature = Sign(summary, layout) };
            folder.Files = folder.Collect(confined);
            return folder;
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"{name}: {e.Message}", e);
        }
    }

    /// <summary>The absolute path of one of the files.</summary>
    public string Full(string relative) => System.IO.Path.Combine(Path, relative);

    /// <summary>Reads every one of <see cref="Files"/>.</summary>
    /// <param name="known">Hashes that are known already, by relative path; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<ContentHashes> HashAsync(IReadOnlyDictionary<string, string>? known, CancellationToken cancellationToken)
    {
        var hashes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (string file in Files)
        {
            hashes[file] = known?.GetValueOrDefault(file) ?? await HashAsync(Full(file), cancellationToken).ConfigureAwait(false);
        }

        return new ContentHashes(hashes.ToImmutable());
    }

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    public static async Task<string> HashAsync(string file, CancellationToken cancellationToken)
    {
        await using FileStream stream = new(file, new FileStreamOptions { Options = FileOptions.SequentialScan | FileOptions.Asynchronous });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Size and change time of each file: a cheap look whether anything was written since.</summary>
    public string Stamp() => string.Join('\n', Files.Select(file =>
    {
        FileInfo info = Info(file);
        return FormattableString.Invariant($"{file} {info.Length} {info.LastWriteTimeUtc.Ticks}");
    }));

    // Of what a link leads to, as in the cache of a model hub, not of the link.
    private FileInfo Info(string file)
    {
        var info = new FileInfo(Full(file));
        return info.LinkTarget is null ? info : (FileInfo)info.ResolveLinkTarget(returnFinalTarget: true)!;
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

    private static GraphSignature Sign(GraphSummary summary, FolderLayout layout)
    {
        try
        {
            return GraphSigner.Sign(summary, layout.Names);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{layout.Graph} cannot be run: {e.Message}", e);
        }
    }

    private ImmutableArray<string> Collect(ConfinedPath confined)
    {
        string beside = System.IO.Path.GetDirectoryName(Graph) is { Length: > 0 } folder ? folder + "/" : "";
        var files = new SortedSet<string>(Layout.Required.Append(Graph), StringComparer.Ordinal);
        files.UnionWith(Layout.Optional.Where(name => File.Exists(Full(name))));
        foreach ((string location, long needed) in Summary.External)
        {
            string file = beside + location.Replace('\\', '/');
            if (System.IO.Path.IsPathRooted(location) || !ConfinedPath.IsWithin(System.IO.Path.GetFullPath(Full(file)), Path))
                throw new InvalidDataException($"{Graph} keeps weights in {location}, outside the folder: export it again");
            FileInfo info = Info(file);
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
