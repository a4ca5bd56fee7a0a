using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Keeps the paths that users name inside the folders that an operator allowed, symbolic links resolved.</summary>
internal sealed class ConfinedPath(ImmutableArray<string> roots)
{
    private const int MostLinks = 40;

    private readonly ImmutableArray<string> _roots = [.. roots.Select(root => Real(Path.GetFullPath(root)))];

    /// <summary>The real path.</summary>
    /// <exception cref="ModelException">It lies outside every allowed root.</exception>
    public string Resolve(string path)
    {
        string real = Real(Path.GetFullPath(path));
        if (_roots.IsEmpty || _roots.Any(root => IsWithin(real, root)))
            return real;
        throw new ModelException(
            FailureKind.ModelUnusable,
            $"{path} lies outside the allowed model roots ({string.Join(", ", _roots)}): move the model there or add its folder to modelRoots");
    }

    /// <summary>Whether a path is a folder or lies in it.</summary>
    public static bool IsWithin(string path, string folder)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    /// <summary>The path with every symbolic link on the way followed; what does not exist stays as written.</summary>
    private static string Real(string path)
    {
        string root = Path.GetPathRoot(path)!;
        var pending = new Stack<string>(Parts(path, root));
        string real = root;
        int links = 0;
        while (pending.TryPop(out string? part))
        {
            real = Path.GetFullPath(Path.Combine(real, part));
            if (new FileInfo(real).LinkTarget is not { } target)
                continue;
            if (++links > MostLinks)
                throw new ModelException(FailureKind.ModelUnusable, $"{path} follows more than {MostLinks} symbolic links: remove the loop");
            string next = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(real)!, target));
            foreach (string nextPart in Parts(next, root))
                pending.Push(nextPart);
            real = root;
        }

        return real;
    }

    // Last part first, so that pushing them in order leaves the first on top.
    private static IEnumerable<string> Parts(string path, string root) =>
        path[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse();
}
