namespace RailCluster.Evaluation;

/// <summary>A row of a file of prompts.</summary>
/// <param name="columns">The file's columns.</param>
/// <param name="place">File and line, element or row, for errors.</param>
/// <param name="number">From 1, among the rows.</param>
/// <param name="values">By column: a text, a list of texts, <see cref="Unreadable"/>, or null where the row has no such field.</param>
internal sealed class SourceRow(SourceColumns columns, string place, int number, object?[] values)
{
    private static readonly char[] Separators = [',', ';'];

    public string Place => place;

    public int Number => number;

    public SourceColumns Columns => columns;

    /// <summary>The trimmed text of a field; null where there is none.</summary>
    /// <exception cref="FormatException">The field holds something else.</exception>
    public string? this[string column] => Value(column) switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        string[] => throw new FormatException($"the column '{SourceColumns.Name(column)}' holds a list where a text is wanted"),
        var other => throw new FormatException($"the column '{SourceColumns.Name(column)}' holds {other} where a text is wanted"),
    };

    public bool Has(string column) => Value(column) is not null;

    /// <summary>What a field lists: a list's items, or a text's parts between commas and semicolons; null where there is nothing.</summary>
    /// <exception cref="FormatException">The field holds neither.</exception>
    public string[]? List(string column)
    {
        var items = Value(column) is string[] list
            ? [.. list.Select(item => item.Trim()).Where(item => item.Length > 0)]
            : this[column]?.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return items is { Length: > 0 } ? items : null;
    }

    private object? Value(string column) => columns.Find(column) is { } index && index < values.Length ? values[index] : null;
}

/// <summary>What no text can be made of, in words.</summary>
internal sealed record Unreadable(string What)
{
    public static Unreadable Records { get; } = new("a list of records");

    public override string ToString() => What;
}
