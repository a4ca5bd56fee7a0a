using System.Text.Json.Nodes;

namespace RailCluster.Training.Tests;

public sealed class DemoCommandTests
{
    [Fact]
    public void Run_Quick_WritesAWholeDemo()
    {
        Torch.Require();
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(0, TrainingProgram.Run(["demo", "--quick", "--threads", "1", "--out", folder.Path], output, errors));
        Assert.Equal("", errors.ToString());
        foreach (var name in new[] { "base", "step-002", "step-004", "kept-safe" })
        {
            using var model = new OnnxDecoder(ModelFolder.Graph(Path.Combine(folder.Path, "models", name)), 1);
            using var state = model.Step(1, [1, 2], [0, 1], [1, 1], null);
            Assert.Equal(512, state.Logits(0, 1).Length);
        }
        var metrics = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.Path, "task-metrics.json")))!;
        Assert.Equal(4, metrics["checkpoints"]!.AsObject().Count);
        DemoAssert.ManifestMatches(folder.Path);
    }

    [Theory]
    [InlineData("demo", "--seed", "many")]
    [InlineData("dance")]
    public void Run_BadUsage_SaysSo(params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.Equal(2, TrainingProgram.Run(args, output, errors));
        Assert.NotEqual("", errors.ToString());
    }
}
