namespace RailCluster.Reports;

/// <summary>What became of a test case, in the words of JUnit's elements.</summary>
internal enum JUnitState
{
    Passed,
    Failure,
    Error,
    Skipped,
}

/// <summary>One test case.</summary>
internal sealed record JUnitCase(string Name, string Suite, JUnitState State, string Kind, string Message, string Details);
