namespace RailCluster.Generation;

/// <summary>Reads from a connection that may stop sending.</summary>
internal static class SmallBody
{
    /// <summary>A whole body of a bounded size.</summary>
    /// <exception cref="InvalidDataException">It is larger.</exception>
    /// <exception cref="ModelUnreachableException">Nothing comes any more, or next to nothing.</exception>
    public static async Task<byte[]> ReadAsync(Stream body, int most, TimeSpan stall, TimeProvider time, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[most + 1];
        int length = 0;
        var pace = new Pace(stall, time);
        while (length < buffer.Length)
        {
            int read = await ReadAsync(body, buffer.AsMemory(length), stall, time, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return buffer[..length];
            if (pace.IsTooSlow(read))
                throw Pace.TooSlow();
            length += read;
        }

        throw new InvalidDataException($"a file for people and tools has more than {most} bytes");
    }

    /// <summary>What comes next; 0 at the end.</summary>
    /// <exception cref="ModelUnreachableException">Nothing comes any more.</exception>
    public static async Task<int> ReadAsync(Stream body, Memory<byte> buffer, TimeSpan stall, TimeProvider time, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(stall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelUnreachableException($"nothing came for {stall.TotalSeconds:0.#} s", e);
        }
    }
}
