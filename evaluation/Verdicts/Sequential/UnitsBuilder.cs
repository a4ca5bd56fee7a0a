using System.Collections.Immutable;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Gathers the units of one measure, prompt by prompt in the pre-committed order.</summary>
internal abstract class UnitsBuilder(Measure measure)
{
    public Measure Measure => measure;

    protected int Declared { get; set; }

    public static UnitsBuilder For(Measure measure, EvidenceTarget target) =>
        target == EvidenceTarget.Population ? new PopulationUnits(measure) : new SuiteUnits(measure);

    /// <summary>Takes in the next prompt that is declared for the measure.</summary>
    /// <param name="at">Prompts of the order up to it.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="pair">Its scores; null where it lies beyond the prefix.</param>
    public abstract void Add(int at, SuitePrompt prompt, ScorePair? pair);

    public abstract MeasureUnits Build(int read);
}

/// <summary>Of a suite every prompt is a unit.</summary>
internal sealed class SuiteUnits(Measure measure) : UnitsBuilder(measure)
{
    private readonly ImmutableArray<MeasureUnit>.Builder _read = ImmutableArray.CreateBuilder<MeasureUnit>();

    public override void Add(int at, SuitePrompt prompt, ScorePair? pair)
    {
        Declared++;
        if (pair is not null) _read.Add(new MeasureUnit(at, pair.LowestDrop, pair.HighestDrop, 1, prompt.IsCritical));
    }

    public override MeasureUnits Build(int read) => new(Measure, Declared, Declared, _read.ToImmutable());
}

/// <summary>
/// Of a population a group of prompts is one unit. Units are read in the order in which the ordinally first ids of their members come, and none before
/// all of its members and all units before it are in: were a unit read as soon as it is whole, large groups would come late. Critical prompts
/// were not drawn at random, and belong to no unit.
/// </summary>
internal sealed class PopulationUnits(Measure measure) : UnitsBuilder(measure)
{
    private readonly List<Unit> _units = [];
    private readonly Dictionary<string, Unit> _groups = new(StringComparer.Ordinal);

    public override void Add(int at, SuitePrompt prompt, ScorePair? pair)
    {
        Declared++;
        if (prompt.IsCritical) return;
        Unit? unit = null;
        if (prompt.Group is null || !_groups.TryGetValue(prompt.Group, out unit))
        {
            _units.Add(unit = new Unit(prompt.Id, at));
            if (prompt.Group is not null) _groups.Add(prompt.Group, unit);
        }

        unit.Add(at, prompt.Id, pair);
    }

    public override MeasureUnits Build(int read)
    {
        _units.Sort((one, other) => one.FirstAt.CompareTo(other.FirstAt));
        var units = ImmutableArray.CreateBuilder<MeasureUnit>();
        var at = 0;
        foreach (var unit in _units)
        {
            at = Math.Max(at, unit.LastAt);
            if (at > read) break;
            units.Add(new MeasureUnit(at, unit.LowestDrop, unit.HighestDrop, unit.Members, IsCritical: false));
        }

        return new MeasureUnits(Measure, Declared, _units.Count, units.ToImmutable());
    }

    private sealed class Unit(string first, int at)
    {
        private string _first = first;

        public int FirstAt { get; private set; } = at;

        public int LastAt { get; private set; }

        public long LowestDrop { get; private set; }

        public long HighestDrop { get; private set; }

        public int Members { get; private set; }

        public void Add(int at, string id, ScorePair? pair)
        {
            if (string.CompareOrdinal(id, _first) < 0) (_first, FirstAt) = (id, at);
            LastAt = at;
            LowestDrop += pair?.LowestDrop ?? 0;
            HighestDrop += pair?.HighestDrop ?? 0;
            Members++;
        }
    }
}
