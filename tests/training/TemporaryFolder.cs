namespace RailCluster.Training.Tests;

/// <summary>A folder that goes when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rail-training-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
