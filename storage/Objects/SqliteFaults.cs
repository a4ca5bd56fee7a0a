using Microsoft.Data.Sqlite;
using RailCluster.Evaluation;

namespace RailCluster.Storage;

/// <summary>Says in one line what SQLite failed on and what to do.</summary>
internal static class SqliteFaults
{
    /// <summary>The store's exception for a failure of SQLite.</summary>
    public static ObjectStoreException Of(string file, SqliteException fault) => new($"{file}: {Advice(fault)}", fault);

    private static string Advice(SqliteException fault) => fault.SqliteErrorCode switch
    {
        5 or 6 => "is locked by another program; close it and try again",
        8 => "is read-only; check the permissions of the file and its folder",
        10 => $"the disk reports an error ({OneLine.Of(fault)}); check the disk and its free space",
        11 or 26 => "is damaged or no database; restore it from a backup, or move it away to start empty",
        13 => "the disk is full; free space and try again",
        14 or 23 => "cannot be opened; check that the folder exists and may be written",
        18 => "an object is larger than SQLite holds in one piece; write it as a stream",
        _ => $"SQLite failed with code {fault.SqliteExtendedErrorCode} ({OneLine.Of(fault)}); check the disk and try again",
    };
}
