namespace RailCluster.Scoring;

/// <summary>Counts what a classifier does. Safe to share between threads.</summary>
internal sealed class ClassifierCounts
{
    private long _answers, _batches, _tokens, _padding, _shortened, _notNumbers, _outOfRange, _failed;

    public ClassifierStats Stats => new(
        Interlocked.Read(ref _answers), Interlocked.Read(ref _batches), Interlocked.Read(ref _tokens), Interlocked.Read(ref _padding),
        Interlocked.Read(ref _shortened), Interlocked.Read(ref _notNumbers), Interlocked.Read(ref _outOfRange), Interlocked.Read(ref _failed));

    public void Ran(int rows, int tokens, int padded)
    {
        Interlocked.Add(ref _answers, rows);
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _tokens, tokens);
        Interlocked.Add(ref _padding, padded - tokens);
    }

    public void Shortened() => Interlocked.Increment(ref _shortened);

    public void NotANumber() => Interlocked.Increment(ref _notNumbers);

    public void OutOfRange() => Interlocked.Increment(ref _outOfRange);

    public void Failed() => Interlocked.Increment(ref _failed);
}
