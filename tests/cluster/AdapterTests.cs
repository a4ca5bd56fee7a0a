using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Generation.Tests;

namespace RailCluster.Cluster.Tests;

public sealed class AdapterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rail-adapters-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_TwoAdaptersOfOneBase_AreEvaluatedWithOneLoadOfTheBase()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        await cluster.Grains.GetGrain<IGeneratorGrain>($"{cluster.GpuSilos[1]}/cpu0").SetDrainingAsync(true);
        var model = AdaptedDemo.Create(Path.Combine(_folder, "base"));
        var (mild, wild) = (Adapter(model, "mild", seed: 1, strength: 0.001), Adapter(model, "wild", seed: 2, strength: 3));
        var run = await StartAsync(cluster, model);

        await run.SubmitCheckpointAsync(1, mild);
        await run.SubmitCheckpointAsync(2, wild);
        var (first, second) = (await run.WaitForVerdictAsync(1, Token), await run.WaitForVerdictAsync(2, Token));

        Assert.Equal(1, cluster.Models.Loads);
        Assert.True(cluster.Models.Switches >= 2, $"{cluster.Models.Switches} switches");
        Assert.Equal(VerdictOutcome.Pass, first.Verdict!.Outcome);
        Assert.NotEqual(VerdictOutcome.Pass, second.Verdict!.Outcome);
        foreach (var (step, reference) in new[] { (first, mild), (second, wild) })
        {
            Assert.Equal(reference, step.Model);
            var view = await cluster.Grains.GetGrain<IAggregatorGrain>(step.Checkpoint!.ToString()).GetViewAsync();
            Assert.Equal(CanonicalHash.Of(await Demo.EvaluateAsync(reference, Token)), CanonicalHash.Of(view.Summary));
        }
    }

    [Fact]
    public async Task Submit_AdapterThatChangesNothing_IsInconclusiveAndTheNextIsJudged()
    {
        await using var cluster = await RailTestCluster.StartAsync();
        var model = AdaptedDemo.Create(Path.Combine(_folder, "base"));
        var run = await StartAsync(cluster, model);

        await run.SubmitCheckpointAsync(1, Adapter(model, "untrained", seed: 1, strength: 0));
        var untrained = await run.WaitForVerdictAsync(1, Token);
        await run.SubmitCheckpointAsync(2, Adapter(model, "mild", seed: 1, strength: 0.001));
        var mild = await run.WaitForVerdictAsync(2, Token);

        Assert.Equal((VerdictOutcome.Inconclusive, InconclusiveCause.Canary), (untrained.Verdict!.Outcome, untrained.Verdict.Cause!.Value));
        Assert.Contains("changes no logit", string.Join(' ', untrained.Verdict.Reasons), StringComparison.Ordinal);
        Assert.Equal(VerdictOutcome.Pass, mild.Verdict!.Outcome);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ModelReference Adapter(string model, string name, int seed, double strength) =>
        new(model, AdaptedDemo.Adapter(Path.Combine(_folder, name + ".onnx_adapter"), seed, strength));

    private static Task<Client.RailRun> StartAsync(RailTestCluster cluster, string model) =>
        cluster.Client.StartRunAsync(new RunKey("lab", "adapters"), Demo.Suite, Demo.Spec() with { Baseline = new ModelReference(model) });
}
