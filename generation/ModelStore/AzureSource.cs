using System.Collections.Immutable;
using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using RailCluster.Contracts;
using RailCluster.Evaluation;
using RailCluster.Services;

namespace RailCluster.Generation;

/// <summary>A folder of Azure Blob Storage. Each file is pinned to the version that the listing named.</summary>
internal sealed class AzureSource : IModelSource
{
    private const int MostFiles = 10_000;

    private readonly string _folder;
    private readonly string _prefix;
    private readonly BlobContainerClient _container;
    private readonly TimeProvider _time;

    public AzureSource(ModelLocation location, AllowedHosts hosts, ModelDownloadOptions options, TimeProvider time)
    {
        hosts.Require(location.Uri);
        _time = time;
        _folder = location.Name;
        string[] parts = location.Uri.AbsolutePath.TrimStart('/').Split('/', 2);
        _prefix = Uri.UnescapeDataString(parts[1]);
        _container = Connect(location.Uri.Host, options).GetBlobContainerClient(parts[0]);
        if (_container.Uri.Scheme != Uri.UriSchemeHttps && !(options.AllowLoopbackHttp && _container.Uri.IsLoopback))
            throw new ModelException(FailureKind.ModelUnusable, $"{_folder}: its endpoint is not https:; give the store an https endpoint");
    }

    /// <inheritdoc/>
    public Task<ImmutableDictionary<string, RemoteFile>?> ListAsync(CancellationToken cancellationToken) => GuardedAsync(_folder, async () =>
    {
        var files = ImmutableDictionary.CreateBuilder<string, RemoteFile>(StringComparer.Ordinal);
        int listed = 0;
        await foreach (BlobItem blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, _prefix, cancellationToken).ConfigureAwait(false))
        {
            if (++listed > MostFiles)
                throw new ModelException(FailureKind.ModelUnusable, $"{_folder} holds more than {MostFiles} files: name the folder of one model");
            string name = blob.Name[_prefix.Length..];
            // What has no plain name is nothing that a model's graph or layout could name.
            if (!RemoteName.IsPlain(name))
                continue;
            string? md5 = blob.Properties.ContentHash is { Length: 16 } hash ? Convert.ToHexStringLower(hash) : null;
            files[name] = new RemoteFile(name, blob.Properties.ContentLength, blob.Properties.ETag?.ToString("H"), Md5: md5);
        }

        return files.Count > 0 ? files.ToImmutable() : throw new ModelException(FailureKind.ModelGone, $"{_folder} is empty or not there: name the folder that holds the model");
    }, cancellationToken)!;

    /// <inheritdoc/>
    public Task<RemoteContent?> OpenAsync(RemoteFile file, long from, CancellationToken cancellationToken) => GuardedAsync(_folder + file.Name, async () =>
    {
        var ask = new BlobDownloadOptions
        {
            Range = new HttpRange(from),
            Conditions = new BlobRequestConditions { IfMatch = new ETag(file.Tag!) },
        };
        try
        {
            BlobDownloadStreamingResult result = (await _container.GetBlobClient(_prefix + file.Name).DownloadStreamingAsync(ask, cancellationToken).ConfigureAwait(false)).Value;
            return new RemoteContent(result.Content, from, file.Length, result.Details.ETag.ToString("H"), result);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return (RemoteContent?)null;
        }
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> IsSameAsync(RemoteFile file, CancellationToken cancellationToken) => GuardedAsync(_folder + file.Name, async () =>
    {
        BlobProperties now = (await _container.GetBlobClient(_prefix + file.Name).GetPropertiesAsync(cancellationToken: cancellationToken).ConfigureAwait(false)).Value;
        return now.ETag.ToString("H") == file.Tag;
    }, cancellationToken);

    private static BlobServiceClient Connect(string account, ModelDownloadOptions options)
    {
        AzureAccess access = options.Azure;
        var settings = new BlobClientOptions();
        // Who calls asks again, and counts.
        settings.Retry.MaxRetries = 0;
        settings.Retry.NetworkTimeout = options.RequestTimeout;
        try
        {
            if (access.ConnectionString is { } connection && new BlobServiceClient(connection, settings) is var client && client.AccountName == account)
                return client;
            var endpoint = new Uri(string.Format(System.Globalization.CultureInfo.InvariantCulture, access.Endpoint, account));
            return access.SasToken is { } token && access.Account == account
                ? new BlobServiceClient(endpoint, new AzureSasCredential(token), settings)
                : new BlobServiceClient(endpoint, Identity.Value, settings);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Neither its message nor the exception itself: they may quote what is secret.
            throw new ModelException(FailureKind.ModelUnusable, $"az://{account}: the connection string or SAS token of Azure Blob Storage is malformed ({e.GetType().Name}): copy it again");
        }
    }

    // One for the process: it keeps its tokens.
    private static readonly Lazy<TokenCredential> Identity = new(() => new DefaultAzureCredential());

    private async Task<T> GuardedAsync<T>(string shown, Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        // Messages of the SDK are left out: they run over many lines, and may quote the request.
        catch (RequestFailedException e)
        {
            throw e.Status switch
            {
                0 => new ModelUnreachableException($"{shown}: {_container.Uri.Host} cannot be reached"),
                404 => new ModelException(FailureKind.ModelGone, $"{shown} is not there ({e.ErrorCode}): name the folder that holds the model"),
                412 => new ModelException(FailureKind.ModelChanged, $"{shown} changed while it was being fetched: submit the model again when its folder is complete"),
                _ => WebAnswers.Failure(e.Status, shown, RetryAfter.Of(e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? after) == true ? after : null, _time)),
            };
        }
        // Whoever gives out tokens may be away for a moment, which cannot be told apart, and neither says anything about the model.
        catch (AuthenticationFailedException)
        {
            throw new ModelUnreachableException($"{shown}: this machine has no identity that Azure accepts now; give it one, a connection string or a SAS token");
        }
        catch (Exception e) when (e is IOException or AggregateException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ModelUnreachableException($"{shown}: {_container.Uri.Host} does not answer ({e.GetType().Name})");
        }
    }
}
