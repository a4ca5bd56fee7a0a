namespace RailCluster.Generation;

/// <summary>Cuts one piece at its matches, which come in order, and adds what results to a list. Ends with <see cref="Finish"/>.</summary>
/// <param name="piece">What is cut.</param>
/// <param name="behavior">What becomes of matches.</param>
/// <param name="invert">Whether what lies between matches counts as the match.</param>
/// <param name="output">Takes the pieces.</param>
internal struct PieceCutter(Piece piece, SplitBehavior behavior, bool invert, List<Piece> output) : IStretchSink
{
    // A stretch that may still grow; none where the end is 0.
    private int _start;
    private int _end;
    private bool _match;

    /// <inheritdoc/>
    public void Add(int start, int end, bool isMatch)
    {
        isMatch ^= invert;
        switch (behavior)
        {
            case SplitBehavior.Removed when isMatch:
                break;
            case SplitBehavior.Removed or SplitBehavior.Isolated:
                Emit(start, end);
                break;
            default:
                Join(start, end, isMatch);
                break;
        }
    }

    /// <summary>Adds what is held back.</summary>
    public void Finish() => Emit(_start, _end);

    private void Join(int start, int end, bool isMatch)
    {
        bool joins = _end > _start && behavior switch
        {
            SplitBehavior.MergedWithPrevious => isMatch && !_match,
            SplitBehavior.MergedWithNext => !isMatch && _match,
            _ => isMatch == _match,
        };
        if (!joins)
        {
            Emit(_start, _end);
            _start = start;
        }

        (_end, _match) = (end, isMatch);
    }

    private readonly void Emit(int start, int end)
    {
        if (end > start)
            output.Add(piece.Slice(start, end));
    }
}
