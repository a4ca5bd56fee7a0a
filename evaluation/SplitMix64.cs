namespace RailCluster.Evaluation;

/// <summary>
/// Random bits that are the same on every machine and in every version of .NET (SplitMix64, Steele, Lea and Flood 2014), which
/// <see cref="Random"/> with a seed does not promise. Not for secrets.
/// </summary>
public struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
