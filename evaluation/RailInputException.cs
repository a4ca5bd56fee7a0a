namespace RailCluster.Evaluation;

/// <summary>A user's mistake: the message is one line that names the thing, the place and what to do.</summary>
public sealed class RailInputException : Exception
{
    /// <summary>Creates it with one line for a person.</summary>
    public RailInputException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
