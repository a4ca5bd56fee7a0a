using RailCluster.Contracts;

namespace RailCluster.Reports;

/// <summary>The form of a mark: who cannot tell the colours apart tells these.</summary>
internal enum MarkForm
{
    Disc,
    Square,
    Diamond,
    Triangle,
    Ring,
}

/// <summary>Which form and ink stand for what.</summary>
internal static class Marks
{
    /// <summary>Corners around (0, 0), about 1 away.</summary>
    public static IEnumerable<Spot> Corners(this MarkForm form) => form switch
    {
        MarkForm.Square => [new(-0.9, -0.9), new(0.9, -0.9), new(0.9, 0.9), new(-0.9, 0.9)],
        MarkForm.Diamond => [new(0, -1.25), new(1.25, 0), new(0, 1.25), new(-1.25, 0)],
        MarkForm.Triangle => [new(0, -1.2), new(1.15, 0.9), new(-1.15, 0.9)],
        _ => Canvas.Round(),
    };

    public static (MarkForm Form, Ink Ink) Of(MeasureStanding standing) => standing switch
    {
        MeasureStanding.Pass => (MarkForm.Disc, Ink.Pass),
        MeasureStanding.Block => (MarkForm.Square, Ink.Block),
        MeasureStanding.Undecided or MeasureStanding.Noisy => (MarkForm.Diamond, Ink.Undecided),
        _ => (MarkForm.Ring, Ink.Quiet),
    };

    public static (MarkForm Form, Ink Ink) Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Pass => (MarkForm.Disc, Ink.Pass),
        VerdictOutcome.Warn => (MarkForm.Triangle, Ink.Undecided),
        VerdictOutcome.Block => (MarkForm.Square, Ink.Block),
        _ => (MarkForm.Diamond, Ink.Undecided),
    };
}
