using Microsoft.Data.Sqlite;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>One connection for reading with its statements, prepared once. Used by one thread at a time.</summary>
internal sealed class SqliteReader : IDisposable
{
    private readonly string _file;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _get;
    private readonly SqliteCommand _chunk;
    private readonly SqliteCommand _list;

    public SqliteReader(SqliteConnection connection, string file)
    {
        _file = file;
        _connection = connection;
        _get = Prepare(
            "SELECT version, content, upload, (SELECT max(number) + 1 FROM chunks WHERE chunks.upload = objects.upload) FROM objects WHERE key = $key",
            "$key");
        _chunk = Prepare("SELECT content FROM chunks WHERE upload = $upload AND number = $number", "$upload", "$number");
        _list = Prepare(
            "SELECT key FROM objects WHERE key >= $from AND key > $after AND key < $end ORDER BY key LIMIT $limit",
            "$from", "$after", "$end", "$limit");
    }

    /// <summary>An object as its row has it: the bytes, or the upload that holds them. Null where there is none.</summary>
    public ObjectRow? Find(string key)
    {
        _get.Parameters[0].Value = key;
        using var row = _get.ExecuteReader();
        if (!row.Read()) return null;
        return row.IsDBNull(2)
            ? new ObjectRow(row.GetInt64(0), row.GetFieldValue<byte[]>(1), null)
            : new ObjectRow(row.GetInt64(0), null, new Upload(row.GetInt64(2), row.GetInt64(3)));
    }

    /// <summary>One chunk of an upload, from 0; null where the upload is gone.</summary>
    public byte[]? Chunk(Upload upload, long number)
    {
        _chunk.Parameters[0].Value = upload.Id;
        _chunk.Parameters[1].Value = number;
        return (byte[]?)_chunk.ExecuteScalar();
    }

    /// <summary>An object with all its bytes, as of one moment.</summary>
    public StoredObject? Get(string key)
    {
        // One snapshot, so that an upload's chunks are those of the row even when it is replaced meanwhile.
        using var snapshot = _connection.BeginTransaction(deferred: true);
        _get.Transaction = _chunk.Transaction = snapshot;
        try
        {
            if (Find(key) is not { } row) return null;
            var content = row.Content ?? Assemble(key, row.Upload!);
            return new StoredObject(content, SqliteWrites.ETagOf(row.Version));
        }
        finally
        {
            _get.Transaction = _chunk.Transaction = null;
        }
    }

    /// <summary>Keys in a range, in ordinal order.</summary>
    public List<string> List(string prefix, string after, int limit)
    {
        _list.Parameters[0].Value = prefix;
        _list.Parameters[1].Value = after;
        _list.Parameters[2].Value = ObjectKeyRule.EndOf(prefix);
        _list.Parameters[3].Value = limit;
        using var rows = _list.ExecuteReader();
        var keys = new List<string>();
        while (rows.Read()) keys.Add(rows.GetString(0));
        return keys;
    }

    public void Dispose()
    {
        _get.Dispose();
        _chunk.Dispose();
        _list.Dispose();
        _connection.Dispose();
    }

    private byte[] Assemble(string key, Upload upload)
    {
        using var whole = new MemoryStream();
        for (var number = 0L; number < upload.Chunks; number++)
        {
            var chunk = Chunk(upload, number)
                ?? throw new ObjectStoreException($"{_file}: object '{key}' lacks chunk {number} of {upload.Chunks}; restore the file from a backup");
            if (whole.Length + chunk.Length > Array.MaxLength)
                throw new ObjectStoreException($"{_file}: object '{key}' is too large to be read at once; read it as a stream");
            whole.Write(chunk);
        }

        return whole.ToArray();
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter(parameter, null));
        return command;
    }
}
