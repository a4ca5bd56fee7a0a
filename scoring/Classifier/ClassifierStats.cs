namespace RailCluster.Scoring;

/// <summary>What a classifier has done since it was opened.</summary>
/// <param name="Answers">Answers that the graph read.</param>
/// <param name="Batches">Runs of the graph.</param>
/// <param name="Tokens">Tokens read.</param>
/// <param name="Padding">Tokens of padding beside them.</param>
/// <param name="Shortened">Answers that lost tokens, with their prompts, to fit.</param>
/// <param name="NotNumbers">Scores that failed since an output was NaN or infinite.</param>
/// <param name="OutOfRange">Scores that failed since an output lay outside its range.</param>
/// <param name="Failed">Answers on which the runtime failed.</param>
public sealed record ClassifierStats(long Answers, long Batches, long Tokens, long Padding, long Shortened, long NotNumbers, long OutOfRange, long Failed);
