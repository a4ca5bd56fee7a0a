namespace RailCluster.Evaluation;

/// <summary>Collects what is wrong with an input, so that a person mends it in one go.</summary>
public sealed class InputErrors
{
    private const int Shown = 5;

    private readonly List<string> _errors = [];

    /// <summary>Whether nothing is wrong so far.</summary>
    public bool None => _errors.Count == 0;

    /// <summary>Adds one line: thing, place, what to do.</summary>
    public void Add(string error) => _errors.Add(error);

    /// <summary>Throws where anything is wrong: the first lines, and how many more there are.</summary>
    /// <exception cref="RailInputException">Something is wrong.</exception>
    public void Throw()
    {
        if (None) return;
        var more = _errors.Count > Shown ? $"; and {_errors.Count - Shown} more like these" : "";
        throw new RailInputException(string.Join("; ", _errors.Take(Shown)) + more);
    }
}
