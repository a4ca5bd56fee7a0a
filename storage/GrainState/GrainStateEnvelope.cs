using System.Text.Json;
using RailCluster.Contracts;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>A grain's state at rest: <c>{"version":1,"grain":"type/key","state":{…}}</c>, the state through <see cref="RailJson.Options"/>.</summary>
internal static class GrainStateEnvelope
{
    /// <summary>The version written by this build.</summary>
    public const int Version = 1;

    /// <summary>Writes a state; the same state gives the same bytes.</summary>
    public static byte[] Write<T>(GrainId grain, T state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(Version, grain.ToString(), state), RailJson.Options);

    /// <summary>Reads a state.</summary>
    /// <param name="objectKey">Where it came from, for the message.</param>
    /// <param name="grain">Whose state it must be.</param>
    /// <param name="content">What <see cref="Write"/> wrote.</param>
    /// <exception cref="ObjectStoreException">The bytes are no such state, of a newer version, or another grain's.</exception>
    public static T Read<T>(string objectKey, GrainId grain, ReadOnlyMemory<byte> content)
    {
        try
        {
            // The version comes first: what a newer version's state looks like is not known here.
            var version = JsonSerializer.Deserialize<Header>(content.Span, RailJson.Options)!.Version;
            if (version > Version)
            {
                throw new ObjectStoreException(
                    $"{objectKey}: grain state of version {version}, this build knows {Version}; run the version that wrote it");
            }

            var envelope = JsonSerializer.Deserialize<Envelope<T>>(content.Span, RailJson.Options)!;
            if (envelope.Grain != grain.ToString())
                throw new ObjectStoreException($"{objectKey}: holds the state of {envelope.Grain}, not of {grain}; restore it from a backup");
            return envelope.State;
        }
        catch (JsonException e)
        {
            throw new ObjectStoreException(
                $"{objectKey}: is not the state of {grain} ({OneLine.Of(e)}); restore it from a backup, or delete it to begin anew", e);
        }
    }

    private sealed record Header(int Version);

    private sealed record Envelope<T>(int Version, string Grain, T State);
}
