using System.Diagnostics;

namespace RailCluster.Architecture.Tests;

public sealed class BanTests
{
    public static TheoryData<string> Projects() => [.. Bans.All.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Code_OfAProject_TouchesNothingBanned(string project) =>
        Assert.Empty(Bans.Broken(BuiltAssembly.Of(project).Uses, Bans.All[project]));

    [Fact]
    public void Projects_AllThatAreBuilt_HaveBans() =>
        Assert.Equal(BuiltAssembly.All.Select(assembly => assembly.Folder), Bans.All.Keys.Order());

    /// <summary>An assembly does not say which of its types uses what; the sources do.</summary>
    [Fact]
    public void Sources_OfGeneration_KnowAzureInTheModelStoreAlone()
    {
        var knowing = Repository.Files.Where(file => file.StartsWith("generation/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            && Repository.Read(file).Contains("using Azure", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(knowing);
        Assert.All(knowing, file => Assert.StartsWith("generation/ModelStore/", file, StringComparison.Ordinal));
    }

    [Fact]
    public void Sources_OfEvaluation_KnowParquetInTheImportersAlone()
    {
        var knowing = Repository.Files.Where(file => file.StartsWith("evaluation/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)
            && Repository.Read(file).Contains("using Parquet", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(knowing);
        Assert.All(knowing, file => Assert.StartsWith("evaluation/Suites/Importing/Tables/Parquet/", file, StringComparison.Ordinal));
    }

    /// <summary>This very assembly reads files, starts processes and knows HTTP: it is the bad sample.</summary>
    [Theory]
    [InlineData("grains", "System.IO.File.ReadAllText")]
    [InlineData("grains", "System.Net.Http.HttpClient")]
    [InlineData("evaluation", "System.IO.File.WriteAllText")]
    [InlineData("evaluation", "System.Diagnostics.Process.Start")]
    [InlineData("client", "System.Diagnostics.ProcessStartInfo")]
    public void Broken_CodeThatTouchesIt_IsNamed(string project, string use)
    {
        var self = BuiltAssembly.Read(typeof(BanTests).Assembly.Location);
        Assert.Contains(use, Bans.Broken(self.Uses, Bans.All[project]));
    }

    [Fact]
    public void Broken_Neighbours_AreNotMeant() =>
        Assert.Equal(
            ["System.IO.File", "System.IO.File.Exists"],
            Bans.Broken(["System.IO.FileNotFoundException", "System.IO.File", "System.IO.File.Exists", "System.IO.Path"], ["System.IO.File"]));

    // Never called: its references are the sample.
    private static void Bad(HttpClient client)
    {
        client.CancelPendingRequests();
        File.WriteAllText(File.ReadAllText("a"), "b");
        Process.Start(new ProcessStartInfo("c"))!.Dispose();
    }
}
