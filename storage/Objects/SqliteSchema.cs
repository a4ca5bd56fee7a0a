using Microsoft.Data.Sqlite;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>The layout of an object file and its connections.</summary>
internal static class SqliteSchema
{
    /// <summary>The layout that this build reads and writes; kept in the file's <c>user_version</c>.</summary>
    public const int Version = 1;

    // An object's bytes are in its row, or, for one that was written as a stream, in chunks under its upload.
    // An upload is a version number too, so neither is ever used twice: the sequence outlives deleted objects.
    private const string Create = """
        CREATE TABLE objects (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE COLLATE BINARY,
            version INTEGER NOT NULL,
            content BLOB,
            upload INTEGER) STRICT;
        CREATE TABLE chunks (
            upload INTEGER NOT NULL,
            number INTEGER NOT NULL,
            content BLOB NOT NULL,
            UNIQUE (upload, number)) STRICT;
        CREATE TABLE sequence (last INTEGER NOT NULL) STRICT;
        INSERT INTO sequence (last) VALUES (0);
        CREATE TRIGGER object_deleted AFTER DELETE ON objects WHEN old.upload IS NOT NULL
            BEGIN DELETE FROM chunks WHERE upload = old.upload; END;
        CREATE TRIGGER object_replaced AFTER UPDATE ON objects WHEN old.upload IS NOT NULL AND new.upload IS NOT old.upload
            BEGIN DELETE FROM chunks WHERE upload = old.upload; END;
        """;

    /// <summary>Opens a connection of its own to the file; not pooled elsewhere, so disposing it closes the file.</summary>
    public static SqliteConnection Connect(string file, bool forReading)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = forReading ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            if (forReading) Execute(connection, "PRAGMA query_only = 1");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Makes the file ready for writing: durable commits, the tables, and nothing left over from uploads that a crash cut off.</summary>
    /// <exception cref="ObjectStoreException">The file is of a newer build, or no object file.</exception>
    public static void Prepare(SqliteConnection connection, string file)
    {
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        using var transaction = connection.BeginTransaction();
        var version = Scalar(connection, "PRAGMA user_version");
        if (version > Version)
        {
            throw new ObjectStoreException(
                $"{file}: was written by a newer version (schema {version}, this build knows {Version}); use that version or another data folder");
        }

        if (version == 0)
        {
            if (Scalar(connection, "SELECT count(*) FROM sqlite_schema") > 0)
                throw new ObjectStoreException($"{file}: is a database, but not an object store; move it away or choose another data folder");
            Execute(connection, Create);
            Execute(connection, $"PRAGMA user_version = {Version}");
        }

        Execute(connection, "DELETE FROM chunks WHERE upload NOT IN (SELECT upload FROM objects WHERE upload IS NOT NULL)");
        transaction.Commit();
    }

    /// <summary>Runs a statement without a result.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a query for one whole number.</summary>
    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
