namespace RailCluster.Evaluation.Tests;

/// <summary>Public prompt sets that lie beside the repository, where there are any; they are no part of it.</summary>
internal static class SharedData
{
    private const string Variable = "RAIL_SHARED_DATA";

    /// <summary>The text of a file; skips the test where it is not there.</summary>
    public static string Read(string name)
    {
        var file = Folders().Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, $"{name} is not here; set {Variable} to the folder that holds it");
        return File.ReadAllText(file);
    }

    private static IEnumerable<string> Folders()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) yield return given;
        yield return Checkout.At("..", "shared", "data");
    }
}
