namespace RailCluster.Storage;

/// <summary>An object's row.</summary>
/// <param name="Version">Behind its ETag.</param>
/// <param name="Content">Its bytes; null for one that was written as a stream.</param>
/// <param name="Upload">Where its bytes are instead; null where the row has them.</param>
internal sealed record ObjectRow(long Version, byte[]? Content, Upload? Upload);

/// <summary>The chunks of an object that was written as a stream.</summary>
/// <param name="Id">What they stand under.</param>
/// <param name="Chunks">How many there are.</param>
internal sealed record Upload(long Id, long Chunks);
