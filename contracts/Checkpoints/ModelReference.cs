namespace RailCluster.Contracts;

/// <summary>Where a model lies. A name, never an identity.</summary>
/// <param name="Path">
/// Absolute path of a model folder, as the machine that generates sees it, or a URI: <c>file:///folder</c>, <c>https://host/folder/</c>, or
/// <c>az://account/container/folder/</c> for Azure Blob Storage. A URI carries no credentials: no user, no query, no fragment.
/// </param>
/// <param name="Adapter">Absolute path of an adapter file that the model is asked under; null for the model alone.</param>
[GenerateSerializer, Alias("rail.ModelReference")]
public sealed record ModelReference(string Path, string? Adapter = null)
{
    /// <inheritdoc/>
    public override string ToString() => Adapter is null ? Path : $"{Path} with {Adapter}";
}

/// <summary>
/// What a model is: SHA-256 over the sorted (relative path, file hash) of the files that the engine reads; an adapter counts by content. Of an endpoint there
/// are no files: it is a hash of the address, the model's name and the server's word, which tells endpoints apart and proves nothing about weights.
/// </summary>
/// <param name="Hash">64 lower-case hex digits.</param>
[GenerateSerializer, Alias("rail.ModelFingerprint")]
public sealed record ModelFingerprint(string Hash)
{
    /// <summary>Twelve digits for people.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Short => Hash[..12];

    /// <inheritdoc/>
    public override string ToString() => Hash;
}

/// <summary>What a look at a model folder found.</summary>
/// <param name="Fingerprint">Its content.</param>
/// <param name="Engine">What would compute its answers here.</param>
/// <param name="Layout">Such as <c>optimum</c>.</param>
/// <param name="Bytes">Size of the files that the engine reads.</param>
[GenerateSerializer, Alias("rail.ModelInspection")]
public sealed record ModelInspection(ModelFingerprint Fingerprint, EngineIdentity Engine, string Layout, long Bytes)
{
    /// <summary>Content of the model alone; null where it was inspected without an adapter.</summary>
    [Id(0)]
    public ModelFingerprint? Base { get; init; }
}
