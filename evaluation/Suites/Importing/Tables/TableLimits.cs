namespace RailCluster.Evaluation;

/// <summary>How large a file of prompts may be; far above what published sets have, far below what a machine cannot hold.</summary>
internal static class TableLimits
{
    /// <summary>Bytes, after unpacking.</summary>
    public const int LargestFile = 128 << 20;

    public const int MostRows = 1_000_000;

    public const int MostColumns = 1_000;

    /// <summary>Characters of one field, whether it is used or not.</summary>
    public const int LongestField = 1 << 20;

    /// <summary>Characters of a line of JSON Lines.</summary>
    public const int LongestLine = 8 << 20;

    /// <summary>Characters of all fields of a Parquet file: a short file may name one long text very often.</summary>
    public const long LongestTable = 128 << 20;

    /// <summary>Characters of a prompt; so that its line in a suite can be read again, however much of it is escaped.</summary>
    public const int LongestPrompt = 100_000;

    /// <summary>Characters of a category, a tag or a group.</summary>
    public const int LongestMark = 200;
}
