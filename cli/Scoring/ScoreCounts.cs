using System.Diagnostics;
using RailCluster.Contracts;

namespace RailCluster.Cli;

/// <summary>What became of the rows of this start.</summary>
/// <param name="rows">All rows of the file.</param>
/// <param name="asked">Who was asked to score.</param>
internal sealed class ScoreCounts(int rows, ScorerIdentity asked)
{
    private const int ShownFaults = 5;

    private readonly Stopwatch _since = Stopwatch.StartNew();
    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);
    private int _scored, _unscorable;

    public int Rows => rows;

    /// <summary>Rows that an earlier start had scored.</summary>
    public int Kept { get; set; }

    public int Failed { get; private set; }

    public int Invalid { get; private set; }

    /// <summary>The first faults, each with its place.</summary>
    public List<string> Faults { get; } = [];

    public void Count(ScoredRow row)
    {
        if (row.Fault is { } fault)
        {
            Invalid++;
            if (Faults.Count < ShownFaults) Faults.Add(fault);
        }
        else if (row.Found.IsEmpty) Kept++;
        else Count(row.Found[0]);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{rows} answers: {_scored} scored, {_unscorable} not scorable on every dimension, {Failed} failed, {Invalid} invalid, {Kept} kept from an earlier start{Others()}; {(rows - Kept) / Math.Max(_since.Elapsed.TotalSeconds, 0.001):0}/s");

    private void Count(ScoredResponse response)
    {
        if (response.Scorer is { } other && other != asked) _others[other.ToString()] = _others.GetValueOrDefault(other.ToString()) + 1;
        if (response.HasFailures) Failed++;
        else if (response.Scores.Values.Any(one => one is ScoreOutcome.Unscorable)) _unscorable++;
        else _scored++;
    }

    private string Others() => string.Concat(_others.Select(other => $", {other.Value} by {other.Key}"));
}
