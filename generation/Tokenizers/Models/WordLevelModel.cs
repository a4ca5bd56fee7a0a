namespace RailCluster.Generation;

/// <summary>Whole words alone are tokens; any other is unknown.</summary>
internal sealed class WordLevelModel(Dictionary<string, int> vocabulary, int unknown) : TokenModel
{
    /// <inheritdoc/>
    public override string Kind => "WordLevel";

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, int> Vocabulary => vocabulary;

    /// <inheritdoc/>
    public override void Encode(ReadOnlySpan<char> piece, List<int> output) =>
        output.Add(vocabulary.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out int id) ? id : unknown);
}
