using System.Security.Cryptography;
using System.Text;

namespace RailCluster.Storage.Tests;

/// <summary>The process that is killed: writes without end, from many tasks, and prints each key once its write is acknowledged.</summary>
internal static class CrashWriter
{
    public const string Verb = "write-until-killed";

    public static async Task<int> RunAsync(string path)
    {
        using var folder = DataFolder.Open(path);
        await using var store = SqliteObjectStore.Open(folder);
        var session = (await store.ListAsync("session/")).Keys.Count;
        await store.PutIfAbsentAsync($"session/{session}", Array.Empty<byte>());
        await Task.WhenAll([UploadAsync(store, session), .. Enumerable.Range(0, 8).Select(task => WriteAsync(store, $"w/{session}/{task}"))]);
        return 0;
    }

    /// <summary>What stands under a key: a function of the key, of 0 to 40 kB.</summary>
    public static byte[] ContentOf(string key)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(key));
        var content = new byte[BitConverter.ToUInt16(hash) % 40_000];
        for (var i = 0; i < content.Length; i++) content[i] = hash[i % hash.Length];
        return content;
    }

    private static async Task WriteAsync(SqliteObjectStore store, string prefix)
    {
        for (var i = 0; ; i++)
        {
            var key = $"{prefix}/{i:D6}";
            if (await store.PutIfAbsentAsync(key, ContentOf(key)) is null) throw new InvalidOperationException($"{key} is taken");
            // Console.Out is synchronised and flushes every line.
            Console.Out.WriteLine(key);
        }
    }

    // Never ends within the life of the process: it must never be seen.
    private static Task<string?> UploadAsync(SqliteObjectStore store, int session) =>
        store.PutIfAbsentAsync($"upload/{session}", new EndlessStream());

    private sealed class EndlessStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(1, cancellationToken);
            buffer.Span.Fill(1);
            return buffer.Length;
        }
    }
}
