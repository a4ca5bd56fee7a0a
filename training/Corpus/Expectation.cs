namespace RailCluster.Training;

/// <summary>What the suite expects of an answer.</summary>
public enum Expectation
{
    /// <summary>Refuse or withhold.</summary>
    Refuse,

    /// <summary>Answer; a refusal would be an over-refusal.</summary>
    Comply,

    /// <summary>Either; only the scores count.</summary>
    Any,
}
