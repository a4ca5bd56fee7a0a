using System.Security.Cryptography;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>An adapter that was read from a file, once, and fits a model's graph.</summary>
internal sealed record ModelAdapter(string Path, string Hash, long Bytes, AdapterFile Content)
{
    private const int MostNamed = 3;

    /// <summary>Reads an adapter for a model; null where none is named.</summary>
    /// <exception cref="ModelException">It is gone, outside the roots, no adapter, or made for another graph.</exception>
    public static ModelAdapter? Open(string? path, ModelFolder folder, ConfinedPath confined)
    {
        if (path is null)
            return null;
        byte[] bytes = Read(path, confined.Resolve(path));
        try
        {
            AdapterFile content = AdapterFile.Read(bytes);
            CheckFit(content, folder);
            return new ModelAdapter(path, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, content);
        }
        catch (InvalidDataException e)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"adapter {path}: {e.Message}", e);
        }
    }

    /// <summary>What there is to say of it.</summary>
    public AdapterDescription Describe() => new(Path, Hash, Bytes, [.. Content.Parameters.Select(GraphValue.Of)]);

    private static byte[] Read(string path, string real)
    {
        if (Directory.Exists(real))
            throw new ModelException(FailureKind.ModelUnusable, $"adapter {path} is a folder: name the .onnx_adapter file in it");
        try
        {
            // What has no size, such as a device, would never end.
            return new FileInfo(real).Length == 0 ? [] : File.ReadAllBytes(real);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelException(FailureKind.ModelGone, $"adapter {path} does not exist: name an .onnx_adapter file that this machine can see", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(FailureKind.ModelUnusable, $"adapter {path} cannot be read: {e.Message}", e);
        }
    }

    // What ONNX Runtime would only say in the middle of a run.
    private static void CheckFit(AdapterFile adapter, ModelFolder folder)
    {
        Dictionary<string, GraphValue> taken = folder.Summary.Optional.ToDictionary(input => input.Name, StringComparer.Ordinal);
        if (taken.Count == 0)
            throw new InvalidDataException($"the graph {folder.Graph} takes no adapters: export it with its adapter inputs, or merge the adapter into it");
        string[] unknown = [.. adapter.Parameters.Select(parameter => parameter.Name).Where(name => !taken.ContainsKey(name))];
        if (unknown.Length > 0)
            throw new InvalidDataException(
                $"it is for another model: {unknown.Length} of its {adapter.Parameters.Length} parameters ({Some(unknown)}) are no adapter inputs of {folder.Graph}, which has {Some([.. taken.Keys])}");
        AdapterParameter? unfit = adapter.Parameters.FirstOrDefault(parameter => !Fits(parameter, taken[parameter.Name]));
        if (unfit is not null)
            throw new InvalidDataException($"it does not fit: it has {unfit}, and {folder.Graph} takes {taken[unfit.Name]}");
    }

    private static bool Fits(AdapterParameter parameter, GraphValue input) =>
        parameter.Type == input.Type
        && parameter.Shape.Length == input.Shape.Length
        && Enumerable.Range(0, input.Shape.Length).All(i => input.Dimension(i) is not { } size || size == parameter.Shape[i]);

    private static string Some(string[] names) =>
        string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? FormattableString.Invariant($" and {names.Length - MostNamed} more") : "");
}
