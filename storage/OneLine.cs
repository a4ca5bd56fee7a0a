using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>Messages of other people's exceptions, fit for ours.</summary>
internal static class OneLine
{
    private const int Longest = 500;

    /// <summary>The message on one line, without a closing full stop.</summary>
    public static string Of(Exception exception) => SafeText.Line(exception.Message, Longest).TrimEnd('.');
}
