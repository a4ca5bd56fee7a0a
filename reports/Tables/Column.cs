namespace RailCluster.Reports;

/// <summary>A column of a table of data, the same in every format.</summary>
/// <typeparam name="T">A row.</typeparam>
/// <param name="Name">In lower case, words joined by underscores.</param>
internal abstract record Column<T>(string Name)
{
    /// <summary>Words; null for none.</summary>
    public sealed record Text(string Name, Func<T, string?> Read) : Column<T>(Name);

    /// <summary>A number; null for none.</summary>
    public sealed record Number(string Name, Func<T, double?> Read) : Column<T>(Name);

    /// <summary>A count; null for none.</summary>
    public sealed record Count(string Name, Func<T, int?> Read) : Column<T>(Name);

    /// <summary>Yes or no.</summary>
    public sealed record Flag(string Name, Func<T, bool> Read) : Column<T>(Name);
}
