using System.Diagnostics;
using System.Xml.Linq;

namespace RailCluster.Architecture.Tests;

/// <summary>The repository as it lies on disk.</summary>
internal static class Repository
{
    /// <summary>What is tracked, and what would be once it is added, by path from the root with '/'.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IReadOnlyList<ProjectFile> Projects { get; } =
        [.. Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new ProjectFile(file, XDocument.Parse(Read(file))))];

    public static string Read(string file) => File.ReadAllText(Checkout.At(file));

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Checkout.Root, RedirectStandardOutput = true };
        foreach (var argument in (string[])["ls-files", "-z", "--cached", "--others", "--exclude-standard"]) start.ArgumentList.Add(argument);
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        // A file that is deleted and not committed yet is still listed.
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Checkout.At(file))).Distinct()];
    }
}

/// <summary>A project file.</summary>
/// <param name="Path">From the root, with '/'.</param>
/// <param name="Content">Its XML.</param>
internal sealed record ProjectFile(string Path, XDocument Content)
{
    /// <summary>Its folder, which is how a product's project is named in the arrows.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Folders of the projects it references.</summary>
    public IEnumerable<string> References =>
        Content.Descendants("ProjectReference")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Select(include => System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(".", System.IO.Path.Combine(Folder, include)))!);

    public IEnumerable<string> Packages => Content.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value);
}
