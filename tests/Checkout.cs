namespace RailCluster.Tests;

/// <summary>The checkout that the tests were built in; linked into every test project.</summary>
internal static class Checkout
{
    /// <summary>Absolute path of the folder that holds the solution.</summary>
    public static string Root { get; } = Find();

    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RailCluster.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"RailCluster.sln is in no folder above {AppContext.BaseDirectory}");
    }
}
