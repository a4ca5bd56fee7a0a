namespace RailCluster.Storage.Tests;

/// <summary>Gives its bytes in odd pieces, as a network does, and can break off.</summary>
internal sealed class DripStream(byte[] content) : MemoryStream(content)
{
    public long? FailAt { get; init; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        if (Position >= FailAt) throw new InvalidDataException("the source broke off");
        return Read(buffer.Span[..Math.Min(buffer.Length, 70_001)]);
    }
}
