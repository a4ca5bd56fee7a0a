namespace RailCluster.Evaluation;

/// <summary>A user's mistake: the message is one line that names the thing, the place and what to do.</summary>
public sealed class RailInputException : Exception
{
    private const int Longest = 4_000;

    /// <summary>Creates it with one line for a person. What it quotes of the input is made harmless, and cut where it is very long.</summary>
    public RailInputException(string message, Exception? inner = null)
        : base(SafeText.Line(message, Longest), inner)
    {
    }
}
