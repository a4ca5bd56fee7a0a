namespace RailCluster.Generation;

/// <summary>A token that is cut out of the text before anything else sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">The text it stands for.</param>
/// <param name="Special">Whether it marks structure rather than text.</param>
/// <param name="Normalized">Whether it is looked for after normalisation.</param>
/// <param name="StripLeft">Whether it swallows white space before it.</param>
/// <param name="StripRight">Whether it swallows white space after it.</param>
/// <param name="SingleWord">Whether it counts only where no word character touches it.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool Normalized, bool StripLeft, bool StripRight, bool SingleWord);
