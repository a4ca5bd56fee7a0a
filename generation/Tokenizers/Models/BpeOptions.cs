namespace RailCluster.Generation;

/// <summary>How a byte-pair model meets what its vocabulary lacks.</summary>
/// <param name="Unknown">The token of an unknown character; null where such characters are left out.</param>
/// <param name="FuseUnknown">Whether neighbouring unknown characters are one token.</param>
/// <param name="ByteFallback">Whether an unknown character becomes one token for each of its bytes.</param>
/// <param name="TakesWhole">Whether a piece that is a token itself is taken without merging.</param>
/// <param name="Prefix">Stands before every character but a piece's first.</param>
/// <param name="Suffix">Stands behind a piece's last character.</param>
internal sealed record BpeOptions(int? Unknown, bool FuseUnknown, bool ByteFallback, bool TakesWhole, string Prefix, string Suffix);
