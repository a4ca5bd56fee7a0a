using System.Globalization;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Generation;

/// <summary>Fetches one file into the part of a fetch: goes on where it broke off, and hashes what it writes.</summary>
internal sealed class FileDownload(IModelSource source, Patience patience, ModelCache cache, string key, string folder, ModelDownloadOptions options, TimeProvider time) : IDisposable
{
    private const int BufferBytes = 1 << 16;

    // A server that breaks off must have sent this much more for that to be no failure: what is bounded is the number of failures in a row.
    private const long Progress = 1 << 20;

    // Room that is asked for at a time where nobody says how long a file is.
    private const long LargestStep = 64L << 20;

    private RemoteFile _file = new("");
    private PartFile _part = null!;
    private long _most;
    private long _room;
    private long _furthest;
    private bool _begun;

    private string Shown => folder + _file.Name;

    /// <summary>Fetches a file; null where there is none. Whole and checked, it is the part of the fetch.</summary>
    /// <param name="file">What is known of it.</param>
    /// <param name="most">Bytes that it may have.</param>
    /// <param name="cancellationToken">Cancels; what is here is kept.</param>
    /// <exception cref="ModelException">It changed meanwhile, is not what was announced, or may not be read.</exception>
    /// <exception cref="ModelUnreachableException">It broke off too often; what is here is kept.</exception>
    public async Task<CachedFile?> FetchAsync(RemoteFile file, long most, CancellationToken cancellationToken)
    {
        (_file, _most, _begun, _room) = (file, most, false, 0);
        using (_part = new PartFile(cache.Layout.Part(key, file.Name)))
        {
            await TakeUpAsync(cancellationToken).ConfigureAwait(false);
            _furthest = _part.Length;
            while (true)
            {
                bool resumed = _part.Length > 0;
                bool? whole;
                do
                    whole = await patience.RunAsync(ReadSomeAsync, cancellationToken).ConfigureAwait(false);
                while (whole is false);
                if (whole is null)
                    return null;
                if (Hashed() is { } fetched)
                    return fetched;
                // Bytes of an earlier fetch may be at fault; those of one fetch cannot.
                if (!resumed)
                    throw new ModelException(FailureKind.ModelUnusable, $"{Shown} does not hash to what was announced ({_file.Sha256 ?? _file.Md5}): publish it again");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _part?.Dispose();

    // Bytes from an earlier fetch count where they are known to belong to the same version.
    private async Task TakeUpAsync(CancellationToken cancellationToken)
    {
        PartRecord? record = CacheRecords.Read<PartRecord>(cache.Layout.PartState(key, _file.Name));
        var known = new RemoteFile(_file.Name, _file.Length, _file.Tag ?? record?.Tag, _file.Sha256, _file.Md5);
        bool same = record is not null && record.Name == _file.Name && record.Sha256 == _file.Sha256 && (_file.Tag is null || _file.Tag == record.Tag);
        if (!same || !known.CanResume || _part.Length > _file.Length)
        {
            _part.Restart();
            return;
        }

        _file = known;
        await _part.TakeUpAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads until the end (true), until the connection breaks (false), or finds that there is no such file (null).</summary>
    private async Task<bool?> ReadSomeAsync(CancellationToken cancellationToken)
    {
        if (_file.Length is { } all && _part.Length == all && all > 0)
            return true;
        if (!_file.CanResume)
            _part.Restart();
        await using RemoteContent? content = await source.OpenAsync(_file, _part.Length, cancellationToken).ConfigureAwait(false);
        if (content is null)
            return _begun ? throw new ModelException(FailureKind.ModelGone, $"{Shown} was deleted while it was being fetched: keep checkpoints until they are done") : null;
        Begin(content);
        Exception? broken = await CopyAsync(content, cancellationToken).ConfigureAwait(false);
        if (broken is null && _part.Length == (content.Length ?? _part.Length))
            return true;
        // Against all that came before: a server that does not resume begins at byte 0 each time.
        if (_part.Length - _furthest >= Progress)
        {
            _furthest = _part.Length;
            return false;
        }

        string how = broken switch
        {
            null => "the server sent no more",
            ModelUnreachableException known => known.Message,
            // Not the exception itself: an SDK's may quote the request.
            _ => $"the connection was lost ({broken.GetType().Name})",
        };
        throw new ModelUnreachableException(string.Create(CultureInfo.InvariantCulture, $"{Shown} broke off at byte {_part.Length}: {how}"));
    }

    private void Begin(RemoteContent content)
    {
        bool changed = _file.Tag is not null && content.Tag is not null && content.Tag != _file.Tag;
        // An earlier fetch's bytes may be of an older version; this fetch's own may not.
        if (changed && (_begun || content.From > 0))
            throw Changed("changed while it was being fetched");
        if (_file.Length is { } announced && content.Length is { } sent && sent != announced)
            throw Changed(string.Create(CultureInfo.InvariantCulture, $"has {sent} bytes, and {announced} were announced"));
        if ((content.Length ?? 0) > _most)
            throw TooLarge();
        if (content.From == 0)
            _part.Restart();
        _begun = true;
        _file = _file with { Tag = content.Tag ?? _file.Tag, Length = _file.Length ?? content.Length };
        CacheRecords.Write(cache.Layout.PartState(key, _file.Name), new PartRecord(_file.Name, _file.Tag, _file.Sha256));
    }

    // Gives what broke the connection; null at the end.
    private async Task<Exception?> CopyAsync(RemoteContent content, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferBytes];
        var pace = new Pace(options.StallTimeout, time);
        while (true)
        {
            await ReserveAsync(cancellationToken).ConfigureAwait(false);
            int read;
            try
            {
                read = await SmallBody.ReadAsync(content.Body, buffer, options.StallTimeout, time, cancellationToken).ConfigureAwait(false);
            }
            // Whatever the network's stream throws, it is the network.
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                return e;
            }

            if (read == 0)
                return null;
            if (pace.IsTooSlow(read))
                return Pace.TooSlow();
            if (_part.Length + read > _most)
                throw TooLarge();
            if (_part.Length + read > (_file.Length ?? long.MaxValue))
                throw new ModelException(FailureKind.ModelUnusable, string.Create(CultureInfo.InvariantCulture, $"{Shown} goes on after the {_file.Length} bytes that were announced: publish it again"));
            await WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await _part.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw new ModelUnreachableException($"{Shown} cannot be kept in the model cache {cache.Layout.Root} ({e.Message}): free some of its disk", e);
        }
    }

    // Room is made before bytes are written: all of it where the length is known, else step by step.
    private async Task ReserveAsync(CancellationToken cancellationToken)
    {
        if (_part.Length + BufferBytes <= _room || (_room > 0 && _room >= _file.Length))
            return;
        long bytes = _file.Length is { } all ? all - _part.Length : Math.Clamp(options.CacheBytes / 16, BufferBytes, LargestStep);
        await cache.MakeRoomAsync(bytes, key, Shown, cancellationToken).ConfigureAwait(false);
        _room = _part.Length + bytes;
    }

    private CachedFile? Hashed()
    {
        long length = _part.Length;
        (string sha256, string md5) = _part.Complete();
        if ((_file.Sha256 ?? sha256) == sha256 && (_file.Md5 ?? md5) == md5)
            return new CachedFile(_file.Name, length, _file.Tag, sha256);
        _part.Restart();
        return null;
    }

    private ModelException TooLarge() => new(FailureKind.ModelUnusable, $"{Shown} has more than {_most} bytes: it is no file of its kind");

    private ModelException Changed(string how) => new(FailureKind.ModelChanged, $"{Shown} {how}: submit the model again when its folder is complete");
}
