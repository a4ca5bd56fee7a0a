namespace RailCluster.Training.Tests;

/// <summary>Finds committed files from the folder that the tests run in.</summary>
internal static class Repository
{
    public static string Folder(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RailCluster.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("RailCluster.sln is not above the tests."), name);
    }
}
