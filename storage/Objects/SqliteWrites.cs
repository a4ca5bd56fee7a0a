using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace RailCluster.Storage;

/// <summary>The statements of the writer, prepared once. Used by one thread, inside a transaction.</summary>
internal sealed class SqliteWrites : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _delete;
    private readonly SqliteCommand _insertChunk;
    private readonly SqliteCommand _dropChunks;
    private readonly SqliteCommand _saveSequence;
    private long _last;
    private long _saved;

    public SqliteWrites(SqliteConnection connection)
    {
        _connection = connection;
        _last = _saved = SqliteSchema.Scalar(connection, "SELECT last FROM sequence");
        _insert = Prepare(
            "INSERT INTO objects (key, version, content, upload) VALUES ($key, $version, $content, $upload) ON CONFLICT (key) DO NOTHING",
            "$key", "$version", "$content", "$upload");
        _update = Prepare(
            "UPDATE objects SET version = $version, content = $content, upload = NULL WHERE key = $key AND version = $expected",
            "$key", "$version", "$content", "$expected");
        _delete = Prepare("DELETE FROM objects WHERE key = $key AND version = $expected", "$key", "$expected");
        _insertChunk = Prepare(
            "INSERT INTO chunks (upload, number, content) VALUES ($upload, $number, $content)", "$upload", "$number", "$content");
        _dropChunks = Prepare("DELETE FROM chunks WHERE upload = $upload", "$upload");
        _saveSequence = Prepare("UPDATE sequence SET last = $last", "$last");
    }

    /// <summary>The open transaction: every command must name it.</summary>
    public SqliteTransaction? Transaction { get; set; }

    /// <summary>A number that this file never gave before.</summary>
    public long Next() => ++_last;

    /// <summary>Writes where nothing is.</summary>
    /// <returns>The version; null where the key is taken.</returns>
    public long? Insert(string key, ReadOnlyMemory<byte> content) => Insert(key, Bytes(content), DBNull.Value);

    /// <summary>Makes a finished upload visible where nothing is.</summary>
    /// <returns>The version; null where the key is taken.</returns>
    public long? InsertUpload(string key, long upload) => Insert(key, DBNull.Value, upload);

    /// <summary>Replaces one version.</summary>
    /// <returns>The new version; null where that version is not there.</returns>
    public long? Update(string key, ReadOnlyMemory<byte> content, long expected)
    {
        var version = Next();
        return Run(_update, key, version, Bytes(content), expected) == 1 ? version : null;
    }

    /// <summary>Deletes one version.</summary>
    public bool Delete(string key, long expected) => Run(_delete, key, expected) == 1;

    /// <summary>Adds a chunk, numbered from 0, to an upload that is not visible yet.</summary>
    public void InsertChunk(long upload, long number, ReadOnlyMemory<byte> content) => Run(_insertChunk, upload, number, Bytes(content));

    /// <summary>Drops an upload that will never be visible.</summary>
    public void DropUpload(long upload) => Run(_dropChunks, upload);

    /// <summary>Saves the numbers given out; a number that was given out and not saved was never seen outside.</summary>
    public void SaveSequence()
    {
        if (_last == _saved) return;
        Run(_saveSequence, _last);
        _saved = _last;
    }

    /// <summary>The version behind an ETag; null where it is none of this store's.</summary>
    public static long? VersionOf(string eTag) =>
        long.TryParse(eTag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && ETagOf(version) == eTag ? version : null;

    /// <summary>The ETag of a version.</summary>
    public static string ETagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_insert, _update, _delete, _insertChunk, _dropChunks, _saveSequence]) command.Dispose();
    }

    private long? Insert(string key, object content, object upload)
    {
        var version = Next();
        return Run(_insert, key, version, content, upload) == 1 ? version : null;
    }

    private SqliteCommand Prepare(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter(parameter, null));
        return command;
    }

    private int Run(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.Transaction = Transaction;
        return command.ExecuteNonQuery();
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var segment) && segment.Array is { } array && segment.Count == array.Length
            ? array
            : content.ToArray();
}
