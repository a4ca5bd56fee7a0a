using System.Collections.Immutable;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Grains;

/// <summary>How a run starts: what it is judged on is checked once, and fixed.</summary>
public sealed partial class RunGrain
{
    /// <inheritdoc/>
    public async Task StartAsync(RunSpec spec)
    {
        Bounded(spec);
        spec = spec with { Baseline = Located(spec.Baseline), Anchor = spec.Anchor is null ? null : Located(spec.Anchor) };
        if (state.State.Spec is { } known)
        {
            if (CanonicalHash.Of(known) == CanonicalHash.Of(spec)) return;
            throw new RailRequestException($"run '{Key}' exists with another specification; choose another name, or start it as it was");
        }

        var scorer = scorers.Find(spec.Scorer)
            ?? throw new RailRequestException($"no scorer '{spec.Scorer}' on this cluster; it has {string.Join(", ", scorers.Names)}");
        await CheckPolicyAsync(spec.Policy);
        var suite = await SuiteAsync(spec.SuiteHash);
        await store.MarkAsync(ObjectKeys.Run(Key));
        await store.MarkAsync(OpenMark);
        await ChangeAsync(state.State with
        {
            Spec = spec,
            Scorer = scorer.Identity,
            CanWaver = NoiseFloor.CanWaver(spec.Generation, scorer.Traits),
            PromptCount = suite.Order.Length,
            CriticalCount = suite.Order.Count(prompt => prompt.IsCritical),
            Baseline = new RunStep { Model = spec.Baseline },
            Anchor = spec.Anchor is null ? null : new RunStep { Model = spec.Anchor, IsAnchor = true },
            Repetitions = RepetitionsOf(spec, scorer),
        });
        await Dispatcher.AnnounceFingerprintAsync(Key, spec.Baseline);
        if (spec.Anchor is { } anchor) await Dispatcher.AnnounceFingerprintAsync(Key, anchor);
        // No verdict without it, and while answers are generated there is time.
        await examiner.IsReadyAsync(scorer.Identity, () => Task.CompletedTask);
    }

    private static void Bounded(RunSpec spec)
    {
        if (spec.Repeats is < 1 or > RunSpec.MostRepeats)
            throw new RailRequestException($"{spec.Repeats} repetitions of the baseline: a run has 1 to {RunSpec.MostRepeats}");
        if (spec.DeepWorst is < 0 or > RunSpec.MostDeep)
            throw new RailRequestException($"{spec.DeepWorst} prompts to explain: a run explains 0 to {RunSpec.MostDeep} of the worst");
        if (TaskChanges.Fault(spec.BaselineTasks) is { } fault) throw new RailRequestException(fault);
        ProjectGrain.Check(spec.Policy);
    }

    private static ImmutableSortedDictionary<int, RunStep> RepetitionsOf(RunSpec spec, IRailScorer scorer) => NoiseFloor.CanWaver(spec.Generation, scorer.Traits)
        ? Enumerable.Range(1, spec.Repeats - 1).ToImmutableSortedDictionary(number => number, number => new RunStep { Model = spec.Baseline, Repetition = number })
        : ImmutableSortedDictionary<int, RunStep>.Empty;

    private async Task CheckPolicyAsync(Policy policy)
    {
        if (await GrainFactory.GetGrain<IProjectGrain>(Key.Project).GetPolicyAsync() is not { } least) return;
        var looser = PolicyOrder.Looser(least, policy);
        if (!looser.IsEmpty)
            throw new RailRequestException($"run '{Key}' cannot start: its policy is looser than project '{Key.Project}' allows: {string.Join("; ", looser)}; tighten it");
    }

    private async Task<OrderedSuite> SuiteAsync(string hash)
    {
        try
        {
            return await suites.GetAsync(Key.Project, hash);
        }
        catch (ObjectStoreException exception)
        {
            throw new RailRequestException($"run '{Key}' cannot start: {exception.Message}");
        }
    }
}
