using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A prompt ready to be run, or the outcome that it already has.</summary>
/// <param name="Tokens">Its tokens; none where it is refused.</param>
/// <param name="Row">Takes its answer; null where it is refused.</param>
/// <param name="Refused">Its outcome; null where it can be run.</param>
internal sealed record PreparedPrompt(int[] Tokens, AnswerRow? Row, GeneratedText? Refused)
{
    /// <summary>Most tokens that it begins with and another waiting prompt too.</summary>
    public int Shared { get; set; }
}
