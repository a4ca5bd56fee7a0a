namespace RailCluster.Storage;

/// <summary>Messages of other people's exceptions, fit for ours.</summary>
internal static class OneLine
{
    /// <summary>The message without line breaks or a closing full stop.</summary>
    public static string Of(Exception exception) => exception.Message.ReplaceLineEndings(" ").Trim().TrimEnd('.');
}
