using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>What a trainer does with a verdict.</summary>
public static class Directives
{
    /// <summary>Block pauses, or rolls back where the policy says so and a step has passed; everything else continues.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="lastPass">The last step before it that passed; null for none.</param>
    public static Directive For(Verdict verdict, Policy policy, int? lastPass) => verdict.Outcome switch
    {
        VerdictOutcome.Block when policy.OnBlock == OnBlock.Rollback && lastPass is { } step => new Directive.RollBack(step),
        VerdictOutcome.Block => new Directive.Pause(),
        _ => new Directive.Continue(),
    };
}
