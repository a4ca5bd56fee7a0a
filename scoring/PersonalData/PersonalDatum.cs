namespace RailCluster.Scoring;

/// <summary>A piece of personal data in an answer.</summary>
/// <param name="Kind">Such as <c>phone</c>.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Certain">Whether its form alone tells; otherwise it is personal only where the request was for somebody's data.</param>
internal sealed record PersonalDatum(string Kind, Span Place, bool Certain);
