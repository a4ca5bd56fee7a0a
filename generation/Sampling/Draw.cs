using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Generation;

/// <summary>Random numbers that are a function of (seed, prompt id, position) alone: order, batch and machine do not change them.</summary>
internal static class Draw
{
    /// <summary>A number in [0, 1).</summary>
    public static double Uniform(long seed, string promptId, int position)
    {
        int size = 12 + Encoding.UTF8.GetByteCount(promptId);
        Span<byte> message = size <= 512 ? stackalloc byte[size] : new byte[size];
        BinaryPrimitives.WriteInt64LittleEndian(message, seed);
        BinaryPrimitives.WriteInt32LittleEndian(message[8..], position);
        Encoding.UTF8.GetBytes(promptId, message[12..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        return (bits >> 11) * (1.0 / (1UL << 53));
    }
}
