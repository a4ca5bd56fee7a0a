using RailCluster.Evaluation;

namespace RailCluster.Storage.Tests;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Open_MissingFolder_IsMadeAndHeldUntilDisposed()
    {
        var path = Path.Combine(_temporary.Path, "a", "b");
        using (var folder = DataFolder.Open(path))
        {
            Assert.Equal(path, folder.Path);
            var fault = Assert.Throws<RailInputException>(() => DataFolder.Open(path));
            Assert.Contains($"in use by process {Environment.ProcessId}", fault.Message);
        }

        DataFolder.Open(path).Dispose();
    }

    [Fact]
    public void Open_PathIsAFile_SaysSoInOneLine()
    {
        var path = Path.Combine(_temporary.Path, "file");
        File.WriteAllText(path, "");
        var fault = Assert.Throws<RailInputException>(() => DataFolder.Open(path));
        Assert.StartsWith($"{path}: cannot be made a data folder", fault.Message);
        Assert.DoesNotContain('\n', fault.Message);
    }
}
