namespace RailCluster.Generation;

/// <summary>What becomes of the matches that a text is cut at.</summary>
internal enum SplitBehavior
{
    /// <summary>They are left out.</summary>
    Removed,

    /// <summary>Each is a piece.</summary>
    Isolated,

    /// <summary>Each ends the piece before it.</summary>
    MergedWithPrevious,

    /// <summary>Each begins the piece behind it.</summary>
    MergedWithNext,

    /// <summary>Those that touch are one piece.</summary>
    Contiguous,
}
