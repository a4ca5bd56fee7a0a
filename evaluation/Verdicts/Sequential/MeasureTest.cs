using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>The two processes of a measure on their way through a prefix.</summary>
internal sealed class MeasureTest
{
    private readonly MeasureUnits _units;
    private readonly MeasureScale _scale;
    private readonly BettingProcess _block;
    private readonly BettingProcess _pass;
    private readonly double _passes;
    private int _read;

    public MeasureTest(MeasureUnits units, EvidenceTarget target, double tolerance, double alpha)
    {
        (_units, _scale, _passes) = (units, MeasureScale.Of(units.Measure), 1 / alpha);
        int? total = target == EvidenceTarget.Suite ? units.Total : null;
        _block = _scale.Block(tolerance, total);
        _pass = _scale.Pass(tolerance, total);
    }

    /// <summary>The largest evidence to block so far.</summary>
    public double Evidence { get; private set; } = 1;

    public int? BlockedAt { get; set; }

    private int? PassedAt { get; set; }

    /// <summary>Reads the units that a longer prefix makes whole.</summary>
    /// <param name="at">Prompts of the order.</param>
    /// <param name="mayPass">Whether all critical prompts are in.</param>
    /// <returns>Whether there is more evidence to block than ever.</returns>
    public bool Advance(int at, bool mayPass)
    {
        var before = Evidence;
        for (; _read < _units.Read.Length && _units.Read[_read].At <= at; _read++) Take(_units.Read[_read]);
        if (PassedAt is null && mayPass && _pass.Largest.Value >= _passes) PassedAt = at;
        return Evidence > before;
    }

    public MeasureEvidence ToEvidence() => new(
        _units.Measure, _read, _units.Total, _block.Largest.Log, _pass.Largest.Log, BlockedAt is not null, PassedAt is not null)
    {
        BlockedAt = BlockedAt,
        PassedAt = PassedAt,
    };

    // What is missing is taken against whatever is claimed.
    private void Take(MeasureUnit unit)
    {
        _block.Take(unit.LowestDrop - (long)_scale.Lowest * unit.Members, unit.Members, !unit.IsCritical);
        _pass.Take((long)_scale.Highest * unit.Members - unit.HighestDrop, unit.Members, !unit.IsCritical);
        Evidence = _block.Largest.Value;
    }
}
