using System.Security.Cryptography;
using System.Text.Json;
using RailCluster.Contracts;

namespace RailCluster.Evaluation;

/// <summary>Identity by content: SHA-256 over a record's compact JSON, whose field order is the record's own.</summary>
public static class CanonicalHash
{
    /// <summary>64 lower-case hex digits.</summary>
    public static string Of<T>(T record) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(record, RailJson.Options)));
}
