using System.Collections.Immutable;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>A file of a remote folder, as far as it is known before it is fetched.</summary>
/// <param name="Name">Relative, checked by <see cref="RemoteName"/>.</param>
/// <param name="Length">Bytes; null where nobody said.</param>
/// <param name="Tag">Which version is meant: an ETag, or what the server says of its last change; null where it says nothing.</param>
/// <param name="Sha256">What its content must hash to, lower-case hex; null where nobody said.</param>
/// <param name="Md5">The same for a store that keeps MD5; null where nobody said.</param>
internal sealed record RemoteFile(string Name, long? Length = null, string? Tag = null, string? Sha256 = null, string? Md5 = null)
{
    /// <summary>Whether bytes that were fetched before can be told to belong to the same version.</summary>
    public bool CanResume => Sha256 is not null || Tag is ['"', ..];
}

/// <summary>The bytes of a file, from somewhere on.</summary>
/// <param name="Body">Read once, by one reader.</param>
/// <param name="From">Where it begins; 0 where a server does not resume.</param>
/// <param name="Length">Bytes of the whole file; null where the server does not say.</param>
/// <param name="Tag">Which version is sent, as in <see cref="RemoteFile"/>.</param>
/// <param name="Owner">Goes with the body.</param>
internal sealed record RemoteContent(Stream Body, long From, long? Length, string? Tag, IDisposable? Owner) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync().ConfigureAwait(false);
        Owner?.Dispose();
    }
}

/// <summary>A folder somewhere else. Each call is one request and fails as one; who calls decides about another.</summary>
internal interface IModelSource
{
    /// <summary>Every file, where the place can tell; null where files are to be asked for by name.</summary>
    /// <exception cref="ModelException">The folder is gone or may not be read.</exception>
    /// <exception cref="ModelUnreachableException">It may go better another time.</exception>
    Task<ImmutableDictionary<string, RemoteFile>?> ListAsync(CancellationToken cancellationToken);

    /// <summary>Begins to read a file; null where there is none of that name.</summary>
    /// <param name="file">What is meant; with a tag, that version of it.</param>
    /// <param name="from">Bytes that are here already.</param>
    /// <param name="cancellationToken">Cancels, also the body.</param>
    /// <exception cref="ModelException">The file was changed, or may not be read.</exception>
    /// <exception cref="ModelUnreachableException">It may go better another time.</exception>
    Task<RemoteContent?> OpenAsync(RemoteFile file, long from, CancellationToken cancellationToken);

    /// <summary>Whether a file is still the version that was fetched; true where its content is pinned by a hash or by a condition of every request.</summary>
    Task<bool> IsSameAsync(RemoteFile file, CancellationToken cancellationToken);
}
