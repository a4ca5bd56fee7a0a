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
        byte[] id = Encoding.UTF8.GetBytes(promptId);
        byte[] message = new byte[12 + id.Length];
        BinaryPrimitives.WriteInt64LittleEndian(message, seed);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(8), position);
        id.CopyTo(message, 12);
        ulong bits = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(message));
        return (bits >> 11) * (1.0 / (1UL << 53));
    }
}
