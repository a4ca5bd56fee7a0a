using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>A measure with how it stands, and what that rests on.</summary>
internal sealed record JudgedMeasure(JudgedBasis Basis, MeasureComparison Comparison, MeasureStanding Standing, JudgedDrop Drop, JudgedCollapses Collapses)
{
    public Measure Measure => Comparison.Measure;

    public double Tolerance => Basis.Policy.Tolerance(Measure);

    public bool IsGated => Basis.Policy.Gated.Contains(Measure);

    public bool IsRequired => Basis.Policy.Required.Contains(Measure);

    public JudgedFloor? Floor { get; private init; }

    public JudgedNoise? Noise { get; private init; }

    public MeasureEvidence? Evidence => Basis.Evidence(Measure);

    /// <summary>The drop as a share of what is tolerated; more is worse, and a collapse or a broken floor is worst.</summary>
    public double Severity => HasCollapsed ? double.PositiveInfinity
        : Floor is { Standing: MeasureStanding.Block } ? double.MaxValue
        : Tolerance > 0 ? Comparison.HighestReadDrop() / Tolerance
        : Comparison.HighestRead() > 0 ? double.MaxValue : 0;

    /// <summary>Whether a critical prompt collapsed where the policy gates it, and that is borne out.</summary>
    public bool HasCollapsed => IsGated && !Collapses.Confirmed.IsEmpty;

    /// <summary>Whether a critical prompt seems to have collapsed where the policy gates it, and nobody has scored it afresh.</summary>
    public bool MayHaveCollapsed => IsGated && Standing != MeasureStanding.Blind && !Collapses.Open.IsEmpty;

    /// <summary>Whether too many prompts collapsed where the policy gates it.</summary>
    public bool CollapsesTooOften => IsGated && Collapses.Rate == MeasureStanding.Block;

    /// <summary>Whether the drop would not be tolerated, if only the scorer could judge it: reason to look, not to block.</summary>
    public bool IsSuspected => Standing == MeasureStanding.Blind && Comparison.LowestRead() > MeasureSums.Allowed(Comparison.Read, Tolerance);

    /// <summary>Judges one measure.</summary>
    public static JudgedMeasure Of(JudgedBasis basis, MeasureComparison measure, CheckpointSummary? checkpoint, bool isBlind)
    {
        var tolerance = basis.Policy.Tolerance(measure.Measure);
        var judged = new JudgedMeasure(basis, measure, MeasureStanding.Shown, JudgedDrop.Of(basis, measure, tolerance), JudgedCollapses.Of(basis, measure))
        {
            Floor = JudgedFloor.Of(measure, checkpoint, basis.Policy),
            Noise = JudgedNoise.Of(measure, basis.Comparison, tolerance),
        };
        return judged with { Standing = judged.Stands(isBlind) };
    }

    /// <summary>Whether the drop over what was read, at its highest, is beyond a share of the tolerance.</summary>
    public bool UsesMoreThan(double share) => Comparison.HighestRead() > MeasureSums.Allowed(Comparison.Read, Tolerance) * (decimal)share;

    private MeasureStanding Stands(bool isBlind)
    {
        if (!IsGated && Floor is null) return MeasureStanding.Shown;
        if (Comparison.Declared == 0) return MeasureStanding.NotJudged;
        if (isBlind) return MeasureStanding.Blind;
        MeasureStanding[] parts = IsGated
            ? [HasCollapsed ? MeasureStanding.Block : MeasureStanding.Pass, Drop.Standing, Collapses.Rate, Floor?.Standing ?? MeasureStanding.Pass, OpenCollapses]
            : [Floor!.Standing];
        return parts.Contains(MeasureStanding.Block) ? MeasureStanding.Block
            : parts.Contains(MeasureStanding.Undecided) ? MeasureStanding.Undecided
            : !IsGated ? MeasureStanding.Shown
            : Noise is { TooLarge: true } ? MeasureStanding.Noisy
            : MeasureStanding.Pass;
    }

    private MeasureStanding OpenCollapses => Collapses.Open.IsEmpty ? MeasureStanding.Pass : MeasureStanding.Undecided;
}
